/**
 * Deletes what has expired, a few rows at a time, by one node of several. What expires is said
 * beside each feature, by a bean of {@link dev.gatewright.database.purge.ExpiredRows} for each
 * table.
 */
@NullMarked
package dev.gatewright.database.purge;

import org.jspecify.annotations.NullMarked;
