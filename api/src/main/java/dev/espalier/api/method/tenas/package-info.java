/** What TE-NAS has found, and its part of the report. */
@NullMarked
package dev.espalier.api.method.tenas;

import org.jspecify.annotations.NullMarked;
