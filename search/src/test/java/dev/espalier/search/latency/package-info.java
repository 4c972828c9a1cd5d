@NullMarked
package dev.espalier.search.latency;

import org.jspecify.annotations.NullMarked;
