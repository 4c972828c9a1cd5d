@NullMarked
package dev.espalier.search.trainings;

import org.jspecify.annotations.NullMarked;
