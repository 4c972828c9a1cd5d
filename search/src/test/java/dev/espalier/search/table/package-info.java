@NullMarked
package dev.espalier.search.table;

import org.jspecify.annotations.NullMarked;
