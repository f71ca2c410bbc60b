/**
 * What the server promises of its data, on every database that it runs on: the embedded H2, a real
 * MariaDB that the build fetches, and a real MySQL where {@code GATEWRIGHT_TEST_MYSQL_URL} names
 * one.
 */
@NullMarked
package dev.gatewright.persistence;

import org.jspecify.annotations.NullMarked;
