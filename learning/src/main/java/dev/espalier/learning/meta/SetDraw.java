package dev.espalier.learning.meta;

/** The features of some images of every class of a task: one draw of what the set encoder reads. */
public final class SetDraw {
  private final int classes;
  private final int perClass;
  private final int width;
  private final float[] features;

  /**
   * @param perClass images of every class
   * @param width features of an image
   * @param features class by class, {@code [classes, perClass, width]}; not copied
   */
  public SetDraw(int classes, int perClass, int width, float[] features) {
    if (features.length != Math.multiplyExact(Math.multiplyExact(classes, perClass), width)) {
      throw new IllegalArgumentException(
          "%d features are not %d classes of %d images of %d"
              .formatted(features.length, classes, perClass, width));
    }
    this.classes = classes;
    this.perClass = perClass;
    this.width = width;
    this.features = features;
  }

  public int classes() {
    return classes;
  }

  /** Images of every class. */
  public int perClass() {
    return perClass;
  }

  /** Features of an image. */
  public int width() {
    return width;
  }

  /** Class by class, {@code [classes, perClass, width]}; not a copy. */
  public float[] features() {
    return features;
  }
}
