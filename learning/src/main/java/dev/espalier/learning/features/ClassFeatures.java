package dev.espalier.learning.features;

/** Features of the images of an image collection, by class. Safe for several threads. */
public interface ClassFeatures {
  /** How many classes there are. */
  int classes();

  /** The numbers of a row. */
  int width();

  /** The images of a class, from 0. */
  int count(int classNumber);

  /**
   * Writes the features of one image.
   *
   * @param image of its class, from 0
   * @param into where they are written, from {@code at} on
   */
  void row(int classNumber, int image, float[] into, int at);

  /** SHA-256 of their canonical file, lower-case hex. */
  String digest();
}
