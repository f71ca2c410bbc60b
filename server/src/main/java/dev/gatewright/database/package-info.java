/**
 * What every repository shares: the schema and its steps, whole transactions that are repeated when
 * the database asks for it, and what an SQL error means on H2, MySQL and MariaDB. Tables and
 * repositories are beside their features.
 */
@NullMarked
package dev.gatewright.database;

import org.jspecify.annotations.NullMarked;
