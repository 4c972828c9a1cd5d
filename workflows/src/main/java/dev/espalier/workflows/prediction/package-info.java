/** The stage that fits predictors of accuracy and measures how well they rank. */
@NullMarked
package dev.espalier.workflows.prediction;

import org.jspecify.annotations.NullMarked;
