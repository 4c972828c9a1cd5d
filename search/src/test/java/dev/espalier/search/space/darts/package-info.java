@NullMarked
package dev.espalier.search.space.darts;

import org.jspecify.annotations.NullMarked;
