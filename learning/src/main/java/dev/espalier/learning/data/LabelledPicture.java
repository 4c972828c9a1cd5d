package dev.espalier.learning.data;

import java.nio.file.Path;

/** A picture file and its class. */
record LabelledPicture(Path file, int label) {}
