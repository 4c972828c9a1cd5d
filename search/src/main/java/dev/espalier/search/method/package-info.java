/** What a method is: its specification, its presets and its checks. */
@NullMarked
package dev.espalier.search.method;

import org.jspecify.annotations.NullMarked;
