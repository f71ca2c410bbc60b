/**
 * How the SDK speaks HTTP: calls of the contract's operations, time limits, repetitions, errors.
 *
 * <p>A caller meets {@link dev.gatewright.client.http.Call} and {@link
 * dev.gatewright.client.http.Answer}, which the generated classes return, and {@link
 * dev.gatewright.client.http.Retries}, to set. The rest is public for the other packages of the SDK
 * only.
 */
@NullMarked
package dev.gatewright.client.http;

import org.jspecify.annotations.NullMarked;
