/**
 * Keeping tokens beyond the life of the process: one encrypted file per session.
 *
 * <p>Owns the file: its format, its encryption, who may read it, how it is replaced, and who may
 * change it when. What is kept in it, and when, is decided by {@code dev.gatewright.client.auth}.
 */
@NullMarked
package dev.gatewright.client.store;

import org.jspecify.annotations.NullMarked;
