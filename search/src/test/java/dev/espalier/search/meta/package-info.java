@NullMarked
package dev.espalier.search.meta;

import org.jspecify.annotations.NullMarked;
