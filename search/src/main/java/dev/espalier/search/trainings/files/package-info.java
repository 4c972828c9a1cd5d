/**
 * The files that tables of all trainings come in: the benchmark's own records, HDF5, CSV and JSON,
 * and the columns of Arrow in which they are kept.
 */
@NullMarked
package dev.espalier.search.trainings.files;

import org.jspecify.annotations.NullMarked;
