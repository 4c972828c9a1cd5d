/** Values as programs in Python print them: read, never run. */
@NullMarked
package dev.espalier.search.python;

import org.jspecify.annotations.NullMarked;
