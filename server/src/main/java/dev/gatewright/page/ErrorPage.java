package dev.gatewright.page;

import org.jspecify.annotations.Nullable;

/**
 * Something was refused, or went wrong, where a person looks on and no redirect URI is proven (RFC
 * 6749 §4.1.2.1).
 *
 * @param status the HTTP status
 * @param title what happened, a few words
 * @param message what it means and what to do, a sentence or two; nothing that only the log may
 *     know
 * @param errorCode the OAuth error code, null when there is none
 * @param requestId the id under which the log tells more
 */
public record ErrorPage(
    int status, String title, String message, @Nullable String errorCode, String requestId)
    implements Page {}
