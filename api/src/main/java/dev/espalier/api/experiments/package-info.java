/** The experiments as resources. */
@org.jspecify.annotations.NullMarked
package dev.espalier.api.experiments;
