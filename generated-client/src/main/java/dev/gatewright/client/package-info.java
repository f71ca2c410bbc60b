/**
 * The Java SDK: {@link dev.gatewright.client.Gatewright} is where a program starts.
 *
 * <p>{@code api} and {@code model} are generated from the contract, {@code auth} gets tokens, keeps
 * them fresh and checks them, {@code http} says what a call is, and everything that goes wrong is
 * one of the exceptions in {@code error}.
 */
@NullMarked
package dev.gatewright.client;

import org.jspecify.annotations.NullMarked;
