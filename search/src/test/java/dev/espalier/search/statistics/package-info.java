@NullMarked
package dev.espalier.search.statistics;

import org.jspecify.annotations.NullMarked;
