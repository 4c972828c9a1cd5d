package dev.espalier.activities.method.metad2a;

import dev.espalier.learning.features.ClassFeatures;
import dev.espalier.learning.features.FeatureDraws;
import dev.espalier.learning.meta.SetDraw;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws of images of a data set: of each class some, without putting any back.
 *
 * @param perClass images of each class
 * @param seed with {@code purpose} begins the name of every random stream
 */
record Draws(ClassFeatures features, List<Integer> classes, int perClass, long seed) {
  /** All classes of a data set. */
  static Draws of(ClassFeatures features, int perClass, long seed) {
    List<Integer> classes = IntStream.range(0, features.classes()).boxed().toList();
    return new Draws(features, classes, perClass, seed);
  }

  Draws {
    classes = List.copyOf(classes);
    if (classes.size() < 2) {
      throw new InvalidInput(
          "the data set has %d class: a set of images is told apart by at least two"
              .formatted(classes.size()));
    }
  }

  /**
   * One draw.
   *
   * @param purpose and {@code number} name it
   */
  SetDraw draw(String purpose, int number) {
    RandomStream stream = RandomStream.of(seed, "metad2a", purpose, number);
    int[] drawn = classes.stream().mapToInt(Integer::intValue).toArray();
    return FeatureDraws.draw(features, drawn, perClass, stream);
  }

  List<SetDraw> draws(String purpose, int from, int count) {
    List<SetDraw> draws = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      draws.add(draw(purpose, i));
    }
    return draws;
  }
}
