/** How launching and steering hold against what is old, foreign or broken. */
@NullMarked
package dev.espalier.api.launch;

import org.jspecify.annotations.NullMarked;
