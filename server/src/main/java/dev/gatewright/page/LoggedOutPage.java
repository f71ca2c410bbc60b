package dev.gatewright.page;

/** Says that the session has ended. */
public record LoggedOutPage() implements Page {}
