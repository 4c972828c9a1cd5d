@NullMarked
package dev.espalier.activities.metrics;

import org.jspecify.annotations.NullMarked;
