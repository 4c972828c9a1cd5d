/**
 * Features of images: a row of numbers for each image, by class, as set encoders read them; where
 * they come from, and their file.
 */
@NullMarked
package dev.espalier.learning.features;

import org.jspecify.annotations.NullMarked;
