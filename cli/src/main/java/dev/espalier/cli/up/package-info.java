/** {@code espalier up}: the parts of an installation as separate, supervised processes. */
@org.jspecify.annotations.NullMarked
package dev.espalier.cli.up;
