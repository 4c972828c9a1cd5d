/** The {@code espalier} command. */
@org.jspecify.annotations.NullMarked
package dev.espalier.cli;
