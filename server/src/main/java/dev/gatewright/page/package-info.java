/**
 * The pages that people see: one record per page says what is on it, a template says how it looks,
 * {@link dev.gatewright.page.Pages} makes the response with the headers that protect it.
 *
 * <p>Texts live in the templates ({@code src/main/jte}), in English. When a page is shown, and what
 * its form does, belongs to the packages that own the feature. Nothing here knows of users, clients
 * or sessions.
 */
@NullMarked
package dev.gatewright.page;

import org.jspecify.annotations.NullMarked;
