/**
 * From the contract to code: the generator of the server's interfaces and models, the generator of
 * the SDK, and the check that the machine has a JDK the server can be built with.
 *
 * <p>Classes here run inside Maven's own JVM, which may be a Java 17.
 */
package dev.gatewright.codegen;
