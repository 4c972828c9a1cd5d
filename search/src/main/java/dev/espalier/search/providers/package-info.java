/** How a module finds what it lists. */
@NullMarked
package dev.espalier.search.providers;

import org.jspecify.annotations.NullMarked;
