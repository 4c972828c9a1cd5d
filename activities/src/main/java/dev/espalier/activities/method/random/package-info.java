/** Summing random search up. */
@NullMarked
package dev.espalier.activities.method.random;

import org.jspecify.annotations.NullMarked;
