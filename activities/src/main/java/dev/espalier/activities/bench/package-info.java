/** Programs that check and measure what experiments leave in a store. */
@NullMarked
package dev.espalier.activities.bench;

import org.jspecify.annotations.NullMarked;
