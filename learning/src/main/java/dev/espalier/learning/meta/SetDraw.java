package dev.espalier.learning.meta;

/**
 * The features of some images of every class of a task: one draw of what the set encoder reads.
 *
 * @param perClass images of every class
 * @param width features of an image
 * @param features class by class, {@code [classes, perClass, width]}; not copied
 */
public record SetDraw(int classes, int perClass, int width, float[] features) {
  public SetDraw {
    if (features.length != Math.multiplyExact(Math.multiplyExact(classes, perClass), width)) {
      throw new IllegalArgumentException(
          "%d features are not %d classes of %d images of %d"
              .formatted(features.length, classes, perClass, width));
    }
  }

  int images() {
    return classes * perClass;
  }
}
