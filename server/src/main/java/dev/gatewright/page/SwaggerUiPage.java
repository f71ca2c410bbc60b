package dev.gatewright.page;

/**
 * The contract, to read and to try.
 *
 * @param styleSheet the path of Swagger UI's style sheet
 * @param script the path of Swagger UI's script
 */
public record SwaggerUiPage(String styleSheet, String script) implements Page {}
