/**
 * What every HTTP exchange shares: errors as answers, headers, hygiene of parameters. Knows no
 * feature.
 */
@NullMarked
package dev.gatewright.http;

import org.jspecify.annotations.NullMarked;
