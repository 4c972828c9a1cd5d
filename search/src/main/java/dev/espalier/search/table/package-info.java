/** Measured accuracies, looked up instead of trained. */
@NullMarked
package dev.espalier.search.table;

import org.jspecify.annotations.NullMarked;
