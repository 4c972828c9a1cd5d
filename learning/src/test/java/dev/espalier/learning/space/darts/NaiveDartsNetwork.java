package dev.espalier.learning.space.darts;

import dev.espalier.search.space.darts.CellType;
import dev.espalier.search.space.darts.DartsCell.Gene;
import dev.espalier.search.space.darts.DartsEdge;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.darts.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Networks of DARTS cells by nested loops over {@code [b][c][h][w]} in double precision, in train
 * mode, for comparison: every layer from its definition in specs/te-nas.md 1.2, every operator with
 * a ReLU of its own, and no tensor engine.
 */
final class NaiveDartsNetwork {
  private final Map<String, float[]> parameters;

  /** What every ReLU put out, in order. */
  private final List<double[][][][]> activations = new ArrayList<>();

  /** One addend of a node. */
  private record Term(int node, int source, DartsOperator operator, double weight) {}

  NaiveDartsNetwork(Map<String, float[]> parameters) {
    this.parameters = parameters;
  }

  List<double[][][][]> activations() {
    return activations;
  }

  /** TE-NAS's kernel network with one normal cell: {@code [b][classes]}. */
  double[][] measured(double[][][][] images, int channels, DartsMask mask) {
    double[][][][] stem = norm(convolve(images, "stem.0.weight", channels, 3, 1), "stem.1");
    double[][][][] first = cell(0, CellType.NORMAL, stem, stem, channels, false, terms(mask));
    double[][][][] last =
        cell(1, CellType.REDUCTION, stem, first, 2 * channels, false, terms(mask));
    return linear(relu(norm(last, "lastact.0")));
  }

  /** TE-NAS's region network: its last activation. */
  double[][][][] thin(double[][][][] images, int channels, DartsMask mask) {
    double[][][][] first = cell(0, CellType.NORMAL, images, images, channels, false, terms(mask));
    double[][][][] last =
        cell(1, CellType.REDUCTION, images, first, 2 * channels, false, terms(mask));
    return relu(norm(last, "lastact.0"));
  }

  /** DARTS's network for CIFAR: {@code [b][classes]}. */
  double[][] cifar(double[][][][] images, int channels, int cells, Genotype genotype) {
    double[][][][] stem = norm(convolve(images, "stem.0.weight", 3 * channels, 3, 1), "stem.1");
    return stack(stem, stem, channels, cells, genotype, false);
  }

  /** DARTS's network for ImageNet: {@code [b][classes]}. */
  double[][] imageNet(double[][][][] images, int channels, int cells, Genotype genotype) {
    double[][][][] half = norm(convolve(images, "stem0.0.weight", channels / 2, 3, 2), "stem0.1");
    double[][][][] older = norm(convolve(relu(half), "stem0.3.weight", channels, 3, 2), "stem0.4");
    double[][][][] newer = norm(convolve(relu(older), "stem1.1.weight", channels, 3, 2), "stem1.2");
    return stack(older, newer, channels, cells, genotype, true);
  }

  private double[][] stack(
      double[][][][] first,
      double[][][][] second,
      int channels,
      int cells,
      Genotype genotype,
      boolean halvedBefore) {
    double[][][][] older = first;
    double[][][][] newer = second;
    int width = channels;
    boolean halved = halvedBefore;
    for (int cell = 0; cell < cells; cell++) {
      boolean reduces = cell == cells / 3 || cell == 2 * cells / 3;
      CellType type = reduces ? CellType.REDUCTION : CellType.NORMAL;
      width = reduces ? 2 * width : width;
      double[][][][] output = cell(cell, type, older, newer, width, halved, terms(genotype));
      older = newer;
      newer = output;
      halved = reduces;
    }
    return linear(newer);
  }

  private interface Terms {
    List<Term> of(CellType type);
  }

  private static Terms terms(DartsMask mask) {
    return type -> {
      List<Term> terms = new ArrayList<>();
      for (DartsEdge edge : DartsEdge.ALL) {
        List<DartsOperator> operators = mask.on(type, edge);
        for (DartsOperator operator : operators) {
          terms.add(new Term(edge.node(), edge.source(), operator, 1.0 / operators.size()));
        }
      }
      return terms;
    };
  }

  private static Terms terms(Genotype genotype) {
    return type -> {
      List<Term> terms = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        for (Gene gene : genotype.cell(type).into(node)) {
          terms.add(new Term(node, gene.source(), gene.operator(), 1));
        }
      }
      return terms;
    };
  }

  private double[][][][] cell(
      int index,
      CellType type,
      double[][][][] older,
      double[][][][] newer,
      int channels,
      boolean halved,
      Terms terms) {
    String name = "cells." + index;
    List<double[][][][]> states = new ArrayList<>();
    states.add(
        halved
            ? reduce(older, name + ".preprocess0", channels)
            : reluConvolveNorm(older, name + ".preprocess0", channels));
    states.add(reluConvolveNorm(newer, name + ".preprocess1", channels));
    for (int node = 0; node < 4; node++) {
      int stride = type == CellType.REDUCTION ? 2 : 1;
      double[][][][] like = states.getFirst();
      double[][][][] sum =
          new double[like.length][channels][up(like[0][0].length, stride)]
              [up(like[0][0][0].length, stride)];
      for (Term term : terms.of(type)) {
        if (term.node() == node && term.operator() != DartsOperator.NONE) {
          String operator =
              "%s.edges.%d<-%d.%s".formatted(name, node, term.source(), term.operator().label());
          double[][][][] value =
              run(
                  term.operator(),
                  states.get(term.source()),
                  operator,
                  channels,
                  term.source() < 2 ? stride : 1);
          add(sum, value, term.weight());
        }
      }
      states.add(sum);
    }
    return concatenate(states.subList(2, 6));
  }

  private static int up(int size, int stride) {
    return (size + stride - 1) / stride;
  }

  private double[][][][] run(
      DartsOperator operator, double[][][][] x, String name, int channels, int stride) {
    return switch (operator) {
      case NONE -> throw new IllegalStateException();
      case SKIP_CONNECT -> stride == 1 ? x : reduce(x, name, channels);
      case SEP_CONV_3X3 -> twice(x, name, 3, stride);
      case SEP_CONV_5X5 -> twice(x, name, 5, stride);
      case DIL_CONV_3X3 -> separable(x, name, 3, stride, 2);
      case DIL_CONV_5X5 -> separable(x, name, 5, stride, 2);
      case AVG_POOL_3X3 -> pool(x, stride, true);
      case MAX_POOL_3X3 -> pool(x, stride, false);
    };
  }

  private double[][][][] twice(double[][][][] x, String name, int kernel, int stride) {
    return separable(separable(x, name + ".op_a", kernel, stride, 1), name + ".op_b", kernel, 1, 1);
  }

  private double[][][][] separable(
      double[][][][] x, String name, int kernel, int stride, int dilation) {
    double[][][][] rectified = relu(x);
    float[] weight = parameter(name + ".op.1.weight");
    int channels = x[0].length;
    int height = x[0][0].length;
    int width = x[0][0][0].length;
    int padding = (kernel - 1) / 2 * dilation;
    double[][][][] out = new double[x.length][channels][up(height, stride)][up(width, stride)];
    for (int b = 0; b < x.length; b++) {
      for (int c = 0; c < channels; c++) {
        for (int h = 0; h < out[b][c].length; h++) {
          for (int w = 0; w < out[b][c][h].length; w++) {
            for (int i = 0; i < kernel; i++) {
              for (int j = 0; j < kernel; j++) {
                int row = h * stride + i * dilation - padding;
                int column = w * stride + j * dilation - padding;
                if (row >= 0 && row < height && column >= 0 && column < width) {
                  out[b][c][h][w] +=
                      weight[(c * kernel + i) * kernel + j] * rectified[b][c][row][column];
                }
              }
            }
          }
        }
      }
    }
    return norm(convolve(out, name + ".op.2.weight", channels, 1, 1), name + ".op.3");
  }

  private static double[][][][] pool(double[][][][] x, int stride, boolean mean) {
    int height = x[0][0].length;
    int width = x[0][0][0].length;
    double[][][][] out = new double[x.length][x[0].length][up(height, stride)][up(width, stride)];
    for (int b = 0; b < x.length; b++) {
      for (int c = 0; c < x[b].length; c++) {
        for (int h = 0; h < out[b][c].length; h++) {
          for (int w = 0; w < out[b][c][h].length; w++) {
            double sum = 0;
            double most = Double.NEGATIVE_INFINITY;
            int count = 0;
            for (int row = h * stride - 1; row <= h * stride + 1; row++) {
              for (int column = w * stride - 1; column <= w * stride + 1; column++) {
                if (row >= 0 && row < height && column >= 0 && column < width) {
                  sum += x[b][c][row][column];
                  most = Math.max(most, x[b][c][row][column]);
                  count++;
                }
              }
            }
            out[b][c][h][w] = mean ? sum / count : most;
          }
        }
      }
    }
    return out;
  }

  /** Even pixels to the first half of the channels, odd ones (zero beyond the edge) to the rest. */
  private double[][][][] reduce(double[][][][] x, String name, int channels) {
    double[][][][] rectified = relu(x);
    int height = x[0][0].length;
    int width = x[0][0][0].length;
    double[][][][] out = new double[x.length][channels][up(height, 2)][up(width, 2)];
    int half = channels / 2;
    for (int b = 0; b < x.length; b++) {
      for (int o = 0; o < channels; o++) {
        boolean even = o < half;
        float[] weight = parameter(name + (even ? ".convs.0.weight" : ".convs.1.weight"));
        int row = (even ? o : o - half) * x[b].length;
        int shift = even ? 0 : 1;
        for (int h = 0; h < out[b][o].length; h++) {
          for (int w = 0; w < out[b][o][h].length; w++) {
            if (2 * h + shift < height && 2 * w + shift < width) {
              for (int c = 0; c < x[b].length; c++) {
                out[b][o][h][w] += weight[row + c] * rectified[b][c][2 * h + shift][2 * w + shift];
              }
            }
          }
        }
      }
    }
    return norm(out, name + ".bn");
  }

  private double[][][][] reluConvolveNorm(double[][][][] x, String name, int channels) {
    return norm(convolve(relu(x), name + ".op.1.weight", channels, 1, 1), name + ".op.2");
  }

  private double[][][][] convolve(
      double[][][][] x, String name, int channels, int kernel, int stride) {
    float[] weight = parameter(name);
    int in = x[0].length;
    int height = x[0][0].length;
    int width = x[0][0][0].length;
    double[][][][] out = new double[x.length][channels][up(height, stride)][up(width, stride)];
    for (int b = 0; b < x.length; b++) {
      for (int o = 0; o < channels; o++) {
        for (int h = 0; h < out[b][o].length; h++) {
          for (int w = 0; w < out[b][o][h].length; w++) {
            for (int c = 0; c < in; c++) {
              for (int i = 0; i < kernel; i++) {
                for (int j = 0; j < kernel; j++) {
                  int row = h * stride + i - kernel / 2;
                  int column = w * stride + j - kernel / 2;
                  if (row >= 0 && row < height && column >= 0 && column < width) {
                    out[b][o][h][w] +=
                        weight[((o * in + c) * kernel + i) * kernel + j] * x[b][c][row][column];
                  }
                }
              }
            }
          }
        }
      }
    }
    return out;
  }

  /** Statistics of the batch, biased variance. */
  private double[][][][] norm(double[][][][] x, String name) {
    float[] scale = parameter(name + ".weight");
    float[] shift = parameter(name + ".bias");
    int height = x[0][0].length;
    int width = x[0][0][0].length;
    double[][][][] out = new double[x.length][x[0].length][height][width];
    double count = (double) x.length * height * width;
    for (int c = 0; c < x[0].length; c++) {
      double mean = 0;
      double squares = 0;
      for (double[][][] image : x) {
        for (double[] row : image[c]) {
          for (double value : row) {
            mean += value / count;
          }
        }
      }
      for (double[][][] image : x) {
        for (double[] row : image[c]) {
          for (double value : row) {
            squares += (value - mean) * (value - mean) / count;
          }
        }
      }
      double factor = scale[c] / Math.sqrt(squares + 1e-5);
      for (int b = 0; b < x.length; b++) {
        for (int h = 0; h < height; h++) {
          for (int w = 0; w < width; w++) {
            out[b][c][h][w] = (x[b][c][h][w] - mean) * factor + shift[c];
          }
        }
      }
    }
    return out;
  }

  private double[][][][] relu(double[][][][] x) {
    double[][][][] out = new double[x.length][x[0].length][x[0][0].length][x[0][0][0].length];
    for (int b = 0; b < x.length; b++) {
      for (int c = 0; c < x[b].length; c++) {
        for (int h = 0; h < x[b][c].length; h++) {
          for (int w = 0; w < x[b][c][h].length; w++) {
            out[b][c][h][w] = Math.max(0, x[b][c][h][w]);
          }
        }
      }
    }
    activations.add(out);
    return out;
  }

  private static void add(double[][][][] sum, double[][][][] value, double weight) {
    for (int b = 0; b < sum.length; b++) {
      for (int c = 0; c < sum[b].length; c++) {
        for (int h = 0; h < sum[b][c].length; h++) {
          for (int w = 0; w < sum[b][c][h].length; w++) {
            sum[b][c][h][w] += weight * value[b][c][h][w];
          }
        }
      }
    }
  }

  private static double[][][][] concatenate(List<double[][][][]> parts) {
    double[][][][] out = new double[parts.getFirst().length][][][];
    for (int b = 0; b < out.length; b++) {
      List<double[][]> channels = new ArrayList<>();
      for (double[][][][] part : parts) {
        channels.addAll(List.of(part[b]));
      }
      out[b] = channels.toArray(double[][][]::new);
    }
    return out;
  }

  private double[][] linear(double[][][][] x) {
    float[] weight = parameter("classifier.weight");
    float[] bias = parameter("classifier.bias");
    double[][] logits = new double[x.length][bias.length];
    for (int b = 0; b < x.length; b++) {
      for (int k = 0; k < bias.length; k++) {
        logits[b][k] = bias[k];
        for (int c = 0; c < x[b].length; c++) {
          double mean = 0;
          for (double[] row : x[b][c]) {
            for (double value : row) {
              mean += value / (x[b][c].length * (double) row.length);
            }
          }
          logits[b][k] += weight[k * x[b].length + c] * mean;
        }
      }
    }
    return logits;
  }

  private float[] parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }
}
