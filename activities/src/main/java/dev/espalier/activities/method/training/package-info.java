/** Summing a training up. */
@NullMarked
package dev.espalier.activities.method.training;

import org.jspecify.annotations.NullMarked;
