/**
 * What others measured: accuracies, looked up instead of trained, and indicators to compare with.
 */
@NullMarked
package dev.espalier.search.table;

import org.jspecify.annotations.NullMarked;
