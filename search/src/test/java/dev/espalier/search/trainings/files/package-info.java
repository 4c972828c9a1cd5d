@NullMarked
package dev.espalier.search.trainings.files;

import org.jspecify.annotations.NullMarked;
