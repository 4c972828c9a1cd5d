@NullMarked
package dev.espalier.search.canonical;

import org.jspecify.annotations.NullMarked;
