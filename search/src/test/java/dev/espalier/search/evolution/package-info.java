@NullMarked
package dev.espalier.search.evolution;

import org.jspecify.annotations.NullMarked;
