@NullMarked
package dev.espalier.search.space;

import org.jspecify.annotations.NullMarked;
