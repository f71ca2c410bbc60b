/**
 * JWTs that clients sign: their keys, and what a JWT says once it is proven to be the client's.
 * What the JWT is for, and what it must say for that, is asked by whoever takes it.
 */
@NullMarked
package dev.gatewright.client.jwt;

import org.jspecify.annotations.NullMarked;
