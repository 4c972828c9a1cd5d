package dev.espalier.learning.predictor;

import dev.espalier.learning.predictor.process.Posterior;
import dev.espalier.learning.predictor.process.ScaleSearch;
import dev.espalier.learning.predictor.process.Scales;
import java.util.ArrayList;
import java.util.List;

/**
 * By how much each number counts in the squared distances of a process, as its rows make most
 * likely.
 */
final class ProcessScales {
  private final float[] columns;
  private final float[] unseen;
  private final float noise;

  /** Columns with one length scale, and what their distance counts before anything is learned. */
  private record Block(int part, int from, int to, double weight) {}

  /**
   * @param columns by column
   * @param unseen by part, of what the rows have no column for
   * @param noise the noise's share of the variance
   */
  ProcessScales(float[] columns, float[] unseen, float noise) {
    this.columns = columns;
    this.unseen = unseen;
    this.noise = noise;
  }

  /** By column; not a copy. */
  float[] columns() {
    return columns;
  }

  /** By part, of what the rows have no column for; not a copy. */
  float[] unseen() {
    return unseen;
  }

  float noise() {
    return noise;
  }

  /**
   * @param features of the rows that scales are learned from
   */
  static ProcessScales best(ProcessDesign design, ProcessFeatures features, double[] targets) {
    int[] starts = features.starts();
    List<Block> blocks = new ArrayList<>();
    List<double[]> distances = new ArrayList<>();
    for (Block each : blocks(design, starts)) {
      double[] squared = squared(features.rows(), each.from, each.to);
      double mean = mean(squared, targets.length);
      if (mean > 0) {
        double weight = each.weight / mean;
        blocks.add(new Block(each.part, each.from, each.to, weight));
        distances.add(Posterior.weighted(new double[][] {squared}, weight));
      }
    }
    float[] columns = new float[starts[starts.length - 1]];
    float[] unseen = new float[starts.length - 1];
    if (blocks.isEmpty()) {
      return new ProcessScales(columns, unseen, 1); // all rows are alike
    }
    double[][] groups = distances.toArray(new double[0][]);
    if (design.oneScale()) {
      double[] ones = blocks.stream().mapToDouble(block -> 1).toArray();
      groups = new double[][] {Posterior.weighted(groups, ones)};
    }
    Scales scales = ScaleSearch.best(groups, targets);
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      float learned = scales.weights()[design.oneScale() ? 0 : i];
      for (int column = block.from; column < block.to; column++) {
        columns[column] = (float) (learned * block.weight);
      }
      unseen[block.part] = (float) (learned * block.weight);
    }
    return new ProcessScales(columns, unseen, scales.noise());
  }

  private static List<Block> blocks(ProcessDesign design, int[] starts) {
    List<Block> blocks = new ArrayList<>();
    for (int part = 0; part < design.parts().size(); part++) {
      double weight = design.parts().get(part).weight();
      if (design.parts().get(part).apart()) {
        for (int column = starts[part]; column < starts[part + 1]; column++) {
          blocks.add(new Block(part, column, column + 1, weight));
        }
      } else {
        blocks.add(new Block(part, starts[part], starts[part + 1], weight));
      }
    }
    return blocks;
  }

  /** Of each row to those before it and to itself. */
  private static double[] squared(float[][] rows, int from, int to) {
    double[] squared = new double[rows.length * (rows.length + 1) / 2];
    int pair = 0;
    for (int row = 0; row < rows.length; row++) {
      for (int other = 0; other <= row; other++, pair++) {
        for (int column = from; column < to; column++) {
          double apart = (double) rows[row][column] - rows[other][column];
          squared[pair] += apart * apart;
        }
      }
    }
    return squared;
  }

  /** Over the pairs of different rows. */
  private static double mean(double[] squared, int rows) {
    double sum = 0;
    for (double each : squared) {
      sum += each;
    }
    return sum / (squared.length - rows);
  }
}
