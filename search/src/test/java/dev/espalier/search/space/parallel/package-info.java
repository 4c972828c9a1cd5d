@NullMarked
package dev.espalier.search.space.parallel;

import org.jspecify.annotations.NullMarked;
