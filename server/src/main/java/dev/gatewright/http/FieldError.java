package dev.gatewright.http;

/**
 * A field that is not acceptable.
 *
 * @param field its name in the request, as the contract writes it
 * @param message what is wrong, to follow the name: "must not hold @"
 */
public record FieldError(String field, String message) {}
