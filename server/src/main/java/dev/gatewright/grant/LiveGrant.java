package dev.gatewright.grant;

import dev.gatewright.user.User;

/** A grant that has not ended, and the user who gave it, both as they were at one moment. */
public record LiveGrant(AccessGrant grant, User user) {}
