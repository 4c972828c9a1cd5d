/** What a training has come to, and its part of the report. */
@NullMarked
package dev.espalier.api.method.training;

import org.jspecify.annotations.NullMarked;
