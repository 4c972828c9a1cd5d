/**
 * {@code espalier doctor}: checks what an installation needs, and says how to mend what is broken.
 */
@org.jspecify.annotations.NullMarked
package dev.espalier.cli.doctor;
