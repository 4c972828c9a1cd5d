/** Tests of units of work as a worker runs them. */
@NullMarked
package dev.espalier.activities.unit;

import org.jspecify.annotations.NullMarked;
