package dev.gatewright.device;

import dev.gatewright.client.Client;
import dev.gatewright.session.BrowserSession;
import dev.gatewright.user.User;

/** Which device asks, and who is to decide in which session. */
record DeviceQuestion(
    UserCode code, DeviceAuthorization device, Client client, BrowserSession session, User user) {}
