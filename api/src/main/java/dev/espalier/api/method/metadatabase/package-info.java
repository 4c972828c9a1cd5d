/** What the making of a meta-database has found, and its part of the report. */
@NullMarked
package dev.espalier.api.method.metadatabase;

import org.jspecify.annotations.NullMarked;
