/** Random search, the baseline of every other (Li and Talwalkar, UAI 2019). */
@NullMarked
package dev.espalier.search.method.random;

import org.jspecify.annotations.NullMarked;
