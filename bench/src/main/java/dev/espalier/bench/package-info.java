/** Commands that measure the library itself; run by the scripts beside this module. */
@NullMarked
package dev.espalier.bench;

import org.jspecify.annotations.NullMarked;
