@NullMarked
package dev.espalier.activities.model;

import org.jspecify.annotations.NullMarked;
