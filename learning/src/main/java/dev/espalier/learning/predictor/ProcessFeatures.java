package dev.espalier.learning.predictor;

import dev.espalier.learning.predictor.process.NormalScores;
import dev.espalier.learning.training.NamedArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The rows that a process is fitted to, as numbers: of each part of its design a column for every
 * key that they have.
 */
final class ProcessFeatures {
  private final ProcessDesign design;
  private final List<Vocabulary> vocabularies; // by part
  private final int[] from; // by part, and their end: the first column
  private final float[][] raw; // [rows, columns], as they are saved
  private final List<NormalScores> ranks; // by column of the columns beside the graph
  private final float[][] rows; // [rows, columns]

  private ProcessFeatures(ProcessDesign design, List<Vocabulary> vocabularies, float[][] raw) {
    this.design = design;
    this.vocabularies = vocabularies;
    this.from = starts(vocabularies);
    this.raw = raw;
    this.ranks = new ArrayList<>();
    for (int part = 0; part < vocabularies.size(); part++) {
      for (int column = from[part]; isRanked(part) && column < from[part + 1]; column++) {
        double[] values = new double[raw.length];
        for (int row = 0; row < raw.length; row++) {
          values[row] = raw[row][column];
        }
        ranks.add(new NormalScores(values));
      }
    }
    this.rows = new float[raw.length][];
    for (int row = 0; row < raw.length; row++) {
      rows[row] = ranked(raw[row]);
    }
  }

  static ProcessFeatures of(ProcessDesign design, List<EncodedArchitecture> architectures) {
    List<Vocabulary> vocabularies =
        design.parts().stream()
            .map(part -> Vocabulary.of(architectures.stream().map(part.group()::vector).toList()))
            .toList();
    int[] starts = starts(vocabularies);
    float[][] raw = new float[architectures.size()][];
    for (int row = 0; row < raw.length; row++) {
      raw[row] = raw(design, vocabularies, starts, architectures.get(row));
    }
    return new ProcessFeatures(design, vocabularies, raw);
  }

  static ProcessFeatures restore(ProcessDesign design, Map<String, NamedArray> arrays) {
    List<Vocabulary> vocabularies = new ArrayList<>();
    for (int part = 0; part < design.parts().size(); part++) {
      vocabularies.add(Vocabulary.restore(Model.array(arrays, "keys." + part)));
    }
    NamedArray saved = Model.array(arrays, "rows");
    float[][] raw = new float[(int) saved.shape()[0]][(int) saved.shape()[1]];
    for (int row = 0; row < raw.length; row++) {
      System.arraycopy(saved.values(), row * raw[row].length, raw[row], 0, raw[row].length);
    }
    return new ProcessFeatures(design, vocabularies, raw);
  }

  /** Of some of the rows, with the same columns. */
  ProcessFeatures select(int... chosen) {
    return new ProcessFeatures(
        design,
        vocabularies,
        Arrays.stream(chosen).mapToObj(row -> raw[row]).toArray(float[][]::new));
  }

  private static int[] starts(List<Vocabulary> vocabularies) {
    int[] starts = new int[vocabularies.size() + 1];
    for (int part = 0; part < vocabularies.size(); part++) {
      starts[part + 1] = starts[part] + vocabularies.get(part).size();
    }
    return starts;
  }

  private static float[] raw(
      ProcessDesign design,
      List<Vocabulary> vocabularies,
      int[] starts,
      EncodedArchitecture architecture) {
    float[] row = new float[starts[vocabularies.size()]];
    for (int part = 0; part < vocabularies.size(); part++) {
      Map<List<Integer>, Double> vector = design.parts().get(part).group().vector(architecture);
      vocabularies.get(part).fill(vector, row, starts[part]);
    }
    return row;
  }

  private boolean isRanked(int part) {
    return design.parts().get(part).group() == FeatureGroup.COLUMNS;
  }

  private float[] ranked(float[] row) {
    float[] ranked = row.clone();
    int rank = 0;
    for (int part = 0; part < vocabularies.size(); part++) {
      for (int column = from[part]; isRanked(part) && column < from[part + 1]; column++) {
        ranked[column] = (float) ranks.get(rank++).score(row[column]);
      }
    }
    return ranked;
  }

  /** Of the rows that it was fitted to; not a copy. */
  float[][] rows() {
    return rows;
  }

  /** Of another architecture. */
  float[] row(EncodedArchitecture architecture) {
    return ranked(raw(design, vocabularies, from, architecture));
  }

  /** By part, the sum of the squares of what the rows have no column for. */
  double[] unseen(EncodedArchitecture architecture) {
    double[] unseen = new double[vocabularies.size()];
    for (int part = 0; part < unseen.length; part++) {
      Map<List<Integer>, Double> vector = design.parts().get(part).group().vector(architecture);
      unseen[part] = vocabularies.get(part).unseen(vector);
    }
    return unseen;
  }

  /** The first column of each part, and their number. */
  int[] starts() {
    return from.clone();
  }

  List<NamedArray> arrays() {
    List<NamedArray> arrays = new ArrayList<>();
    for (int part = 0; part < vocabularies.size(); part++) {
      arrays.add(vocabularies.get(part).array("keys." + part));
    }
    int columns = from[vocabularies.size()];
    float[] all = new float[raw.length * columns];
    for (int row = 0; row < raw.length; row++) {
      System.arraycopy(raw[row], 0, all, row * columns, columns);
    }
    arrays.add(new NamedArray("rows", new long[] {raw.length, columns}, all));
    return arrays;
  }
}
