package dev.espalier.learning.space.nasbench201.kernel;

/** The cotangents of a stage's nodes, four slots in one array; borders are zero and stay so. */
final class Cotangents {
  static final int SLOTS = 4;

  private final CotangentGrid grid;
  private final int images;
  private final float[] numbers;
  private final Work work;

  Cotangents(CotangentGrid grid, int images, Buffers buffers, Work work) {
    this.work = work;
    this.grid = grid;
    this.images = images;
    // one name for one layout, so that borders are where they were
    String name =
        "cotangents %d %d %d %d".formatted(grid.size(), grid.channels(), grid.lanes(), images);
    this.numbers = buffers.take(name, (long) SLOTS * images * grid.image());
  }

  CotangentGrid grid() {
    return grid;
  }

  int images() {
    return images;
  }

  /** Where multiply-adds on them are counted. */
  Work work() {
    return work;
  }

  float[] numbers() {
    return numbers;
  }

  /** Where an image's first plane begins, border included. */
  int at(int slot, int image) {
    return (slot * images + image) * grid.image();
  }
}
