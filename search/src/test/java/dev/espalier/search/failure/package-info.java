@NullMarked
package dev.espalier.search.failure;

import org.jspecify.annotations.NullMarked;
