/** The numbers that experiments measured, as files for notebooks. */
@org.jspecify.annotations.NullMarked
package dev.espalier.api.series;
