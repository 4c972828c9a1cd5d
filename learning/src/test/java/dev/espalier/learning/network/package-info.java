@NullMarked
package dev.espalier.learning.network;

import org.jspecify.annotations.NullMarked;
