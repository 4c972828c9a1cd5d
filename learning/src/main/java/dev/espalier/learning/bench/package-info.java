/** Commands that measure the library itself; run by the scripts under {@code bench/}. */
@NullMarked
package dev.espalier.learning.bench;

import org.jspecify.annotations.NullMarked;
