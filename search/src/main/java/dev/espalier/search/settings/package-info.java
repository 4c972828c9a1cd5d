/** Groups of settings that several methods share. */
@NullMarked
package dev.espalier.search.settings;

import org.jspecify.annotations.NullMarked;
