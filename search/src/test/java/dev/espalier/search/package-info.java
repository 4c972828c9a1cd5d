@NullMarked
package dev.espalier.search;

import org.jspecify.annotations.NullMarked;
