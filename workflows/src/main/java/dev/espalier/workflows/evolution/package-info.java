/** The stage that searches with a predictor instead of trainings. */
@NullMarked
package dev.espalier.workflows.evolution;

import org.jspecify.annotations.NullMarked;
