@NullMarked
package dev.espalier.activities.experiment;

import org.jspecify.annotations.NullMarked;
