/** Launching and steering experiments: the document is written first, then the workflow is told. */
@org.jspecify.annotations.NullMarked
package dev.espalier.api.launch;
