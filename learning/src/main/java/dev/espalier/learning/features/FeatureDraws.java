package dev.espalier.learning.features;

import dev.espalier.learning.meta.SetDraw;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Draws of images of every class of a task, as their features. */
public final class FeatureDraws {
  private FeatureDraws() {}

  /**
   * As many different images of every class, in a random order.
   *
   * @param classes numbers of the features' classes, in the order of the draw
   * @throws InvalidInput if a class is not there or has fewer images, with all such classes
   */
  public static SetDraw draw(
      ClassFeatures features, int[] classes, int perClass, RandomStream stream) {
    check(features, classes, perClass);
    int width = features.width();
    float[] drawn =
        new float[Math.multiplyExact(Math.multiplyExact(classes.length, perClass), width)];
    int row = 0;
    for (int each : classes) {
      for (int image : some(features.count(each), perClass, stream)) {
        features.row(each, image, drawn, row++ * width);
      }
    }
    return new SetDraw(classes.length, perClass, width, drawn);
  }

  /** Different numbers below {@code of}, in a random order. */
  private static int[] some(int of, int count, RandomStream stream) {
    int[] order = new int[of];
    for (int i = 0; i < of; i++) {
      order[i] = i;
    }
    int[] some = new int[count];
    for (int i = 0; i < count; i++) { // the beginning of a shuffle by Fisher and Yates
      int other = i + stream.nextInt(of - i);
      some[i] = order[other];
      order[other] = order[i];
    }
    return some;
  }

  private static void check(ClassFeatures features, int[] classes, int perClass) {
    List<String> problems = new ArrayList<>();
    for (int each : classes) {
      if (each < 0 || each >= features.classes()) {
        problems.add(
            "class %d is not among these features: they have %d classes, from 0"
                .formatted(each, features.classes()));
      } else if (features.count(each) < perClass) {
        problems.add(
            "class %d has features of %d images, but %d are to be drawn of each: give more images, or draw fewer"
                .formatted(each, features.count(each), perClass));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }
}
