/** The states of an experiment and of its stages. */
@NullMarked
package dev.espalier.search.experiment;

import org.jspecify.annotations.NullMarked;
