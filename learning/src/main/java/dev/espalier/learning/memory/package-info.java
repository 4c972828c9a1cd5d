/** How much memory there is, and who may take it next. */
@NullMarked
package dev.espalier.learning.memory;

import org.jspecify.annotations.NullMarked;
