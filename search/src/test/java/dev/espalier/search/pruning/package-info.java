@NullMarked
package dev.espalier.search.pruning;

import org.jspecify.annotations.NullMarked;
