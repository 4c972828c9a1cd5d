/** Training one architecture for good. */
@NullMarked
package dev.espalier.search.method.training;

import org.jspecify.annotations.NullMarked;
