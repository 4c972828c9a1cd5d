/** What random search has found, and its part of the report. */
@NullMarked
package dev.espalier.api.method.random;

import org.jspecify.annotations.NullMarked;
