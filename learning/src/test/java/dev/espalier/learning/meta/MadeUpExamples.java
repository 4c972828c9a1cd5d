package dev.espalier.learning.meta;

import dev.espalier.search.random.RandomStream;

/**
 * Tasks whose images lie around a few centres; the more a task's images are like the first centre,
 * the better do convolutions.
 *
 * @param from the number of its first row: other rows have other tasks and cells
 */
record MadeUpExamples(int from, int size, int width) implements MetaExamples {
  static final GraphCoding CELLS = GraphCodings.of("nas-bench-201");

  @Override
  public String digest() {
    return "made up " + from + " " + size + " " + width;
  }

  private int kind(int row) {
    return (from + row) % 2;
  }

  @Override
  public SetDraw draw(int row, RandomStream stream) {
    int classes = 3;
    int perClass = 4;
    float[] features = new float[classes * perClass * width];
    for (int i = 0; i < features.length; i++) {
      double centre = i % 2 == kind(row) ? 1 : 0;
      features[i] = (float) (centre + 0.1 * stream.nextGaussian());
    }
    return new SetDraw(classes, perClass, width, features);
  }

  /** Tasks of the first kind have convolutions, the others do without. */
  @Override
  public CodedGraph graph(int row) {
    RandomStream stream = RandomStream.of(0, "made up", from + row);
    int[] types = new int[6];
    for (int i = 0; i < types.length; i++) {
      types[i] = kind(row) == 0 ? 4 + stream.nextInt(2) : 2 + stream.nextInt(2);
    }
    return CELLS.topology().graph(types);
  }

  @Override
  public double target(int row) {
    double sum = 0;
    for (int type : graph(row).types()) {
      sum += type;
    }
    return 0.5 + 0.01 * sum;
  }
}
