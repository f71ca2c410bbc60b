/** What an SQL error means, and how long a silent database is waited for. */
@NullMarked
package dev.gatewright.database;

import org.jspecify.annotations.NullMarked;
