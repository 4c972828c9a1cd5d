@NullMarked
package dev.espalier.learning.bench;

import org.jspecify.annotations.NullMarked;
