@NullMarked
package dev.espalier.search.specification;

import org.jspecify.annotations.NullMarked;
