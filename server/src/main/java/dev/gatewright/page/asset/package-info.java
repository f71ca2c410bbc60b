/**
 * The files that pages refer to: style sheet, pictures, and Swagger UI. Each is one of a fixed
 * list, kept in the server's own jars; no path from a request is ever looked up.
 */
@NullMarked
package dev.gatewright.page.asset;

import org.jspecify.annotations.NullMarked;
