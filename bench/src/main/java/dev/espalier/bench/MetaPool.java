package dev.espalier.bench;

import dev.espalier.learning.meta.CodedGraph;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.MetaExamples;
import dev.espalier.learning.meta.SetDraw;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import java.util.Arrays;

/**
 * Made-up features of some classes, and tasks over them: what a bench of MetaD2A reads.
 *
 * @param features {@code [classes, images, width]}
 */
record MetaPool(GraphCoding coding, int classes, int images, int width, Features features, int rows)
    implements MetaExamples {
  private static final int CLASSES_OF_A_TASK = 20;
  private static final int PER_CLASS = 20;
  private static final String NAME = "metad2a speed";

  /** Numbers that are not compared. */
  static final class Features {
    final float[] numbers;

    Features(float... numbers) {
      this.numbers = numbers;
    }
  }

  static MetaPool of(GraphCoding coding, int classes, int images, int width, int rows) {
    float[] numbers = new float[classes * images * width];
    RandomStream stream = RandomStream.of(0, NAME, "features");
    for (int i = 0; i < numbers.length; i++) {
      double uniform = stream.nextDouble();
      numbers[i] = (float) (2 * uniform * uniform); // like averages of rectified units
    }
    return new MetaPool(coding, classes, images, width, new Features(numbers), rows);
  }

  @Override
  public int size() {
    return rows;
  }

  @Override
  public String digest() {
    return NAME + " " + rows;
  }

  /** The classes of a row's task. */
  int[] task(int row) {
    return Arrays.copyOf(
        RandomStream.of(0, NAME, "task", row).permutation(classes), CLASSES_OF_A_TASK);
  }

  @Override
  public SetDraw draw(int row, RandomStream stream) {
    return draw(task(row), stream);
  }

  /** Random images of these classes. */
  SetDraw draw(int[] of, RandomStream stream) {
    float[] drawn = new float[of.length * PER_CLASS * width];
    int at = 0;
    for (int each : of) {
      int[] order = stream.permutation(images);
      for (int i = 0; i < PER_CLASS; i++) {
        System.arraycopy(features.numbers, (each * images + order[i]) * width, drawn, at, width);
        at += width;
      }
    }
    return new SetDraw(of.length, PER_CLASS, width, drawn);
  }

  @Override
  public CodedGraph graph(int row) {
    return coding.encode(Cell.ofIndex(RandomStream.of(0, NAME, "cell", row).nextInt(15_625)));
  }

  @Override
  public double target(int row) {
    return RandomStream.of(0, NAME, "accuracy", row).nextDouble();
  }
}
