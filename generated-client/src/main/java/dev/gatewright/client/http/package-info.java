/**
 * Calls of the contract's operations: {@link dev.gatewright.client.http.Call}, what they are
 * answered with, {@link dev.gatewright.client.http.Answer}, and how often they are tried, {@link
 * dev.gatewright.client.http.Retries}.
 */
@NullMarked
package dev.gatewright.client.http;

import org.jspecify.annotations.NullMarked;
