/** Tests of the embedded store as a process that may die. */
@NullMarked
package dev.espalier.store.embedded;

import org.jspecify.annotations.NullMarked;
