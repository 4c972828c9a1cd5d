/** What evolution on a predictor has found, and its part of the report. */
@NullMarked
package dev.espalier.api.method.evolution;

import org.jspecify.annotations.NullMarked;
