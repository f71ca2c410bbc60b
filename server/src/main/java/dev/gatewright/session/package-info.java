/**
 * Browser sessions and their cookie, the defence against cross-site request forgery, and the
 * authorization requests that wait while a browser logs in or consents.
 */
@NullMarked
package dev.gatewright.session;

import org.jspecify.annotations.NullMarked;
