package dev.espalier.learning.space.nasbench201.kernel;

import static dev.espalier.learning.space.nasbench201.kernel.Lanes.all;
import static dev.espalier.learning.space.nasbench201.kernel.Lanes.load;
import static dev.espalier.learning.space.nasbench201.kernel.Lanes.zero;

import dev.espalier.learning.space.nasbench201.network.Layer.ReductionLayer;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * A residual block that halves the image: two normalised convolutions, the first of stride 2,
 * beside an averaged 1x1 convolution.
 */
final class ReductionPass implements LayerPass {
  private static final int TAPS = 9;

  private final int inputs;
  private final int outputs;
  private final float[] shortcut; // [o, c]
  private final int shortcutRow;
  private final ActivePositions halved;
  private final ConvolvedMap first;
  private final ConvolvedMap second;
  private final InputGradient firstGradient;
  private final InputGradient secondGradient;
  private final FeatureMap output;

  ReductionPass(ReductionLayer layer, FeatureMap input, Wiring wiring) {
    String prefix = "cells.%d".formatted(layer.index());
    this.inputs = layer.inputChannels();
    this.outputs = layer.outputChannels();
    this.first = map(prefix + ".conv_a", input, 2, inputs, outputs, wiring);
    FeatureMap between = sum(first);
    this.second = map(prefix + ".conv_b", between, 1, outputs, outputs, wiring);
    this.output = sum(second);
    this.shortcut = wiring.parameter(prefix + ".downsample.1.weight");
    this.shortcutRow = wiring.jacobian().allocate(shortcut.length);
    FeatureMap half = input.halved();
    addShortcut(half);
    this.halved = ActivePositions.strips(half);
    this.firstGradient = new InputGradient(prefix + ".conv_a", first, wiring.buffers());
    this.secondGradient = new InputGradient(prefix + ".conv_b", second, wiring.buffers());
  }

  private static ConvolvedMap map(
      String prefix, FeatureMap input, int stride, int inputs, int outputs, Wiring wiring) {
    Convolution convolution =
        new Convolution(0, Convolution.Names.of(prefix), inputs, outputs, 1, wiring);
    return new ConvolvedMap(
        prefix, input.rectified(), stride, List.of(convolution), wiring.buffers());
  }

  private FeatureMap sum(ConvolvedMap map) {
    FeatureMap sum =
        FeatureMap.zero(map.input().images(), map.input().size() / map.stride(), outputs);
    map.addTo(new FeatureMap[] {sum});
    return sum;
  }

  private void addShortcut(FeatureMap half) {
    float[] values = half.values();
    for (int pixel = 0; pixel < half.positions(); pixel++) {
      for (int o = 0; o < outputs; o++) {
        float sum = 0;
        for (int c = 0; c < inputs; c++) {
          sum += shortcut[o * inputs + c] * values[pixel * inputs + c];
        }
        output.values()[pixel * outputs + o] += sum;
      }
    }
  }

  @Override
  public FeatureMap output() {
    return output;
  }

  @Override
  public int backward(Cotangents cotangents, int slot, Cotangents before, Jacobian jacobian) {
    int between = (slot + 1) % Cotangents.SLOTS;
    differentiateShortcut(cotangents, slot, jacobian);
    differentiate(second, cotangents, slot, jacobian);
    PixelGradient pixels = secondGradient.begin(cotangents, new int[] {slot});
    DirectPaths none = new DirectPaths(List.of(), cotangents.grid(), new int[] {slot});
    for (int image = 0; image < cotangents.images(); image++) {
      for (int y = 0; y < cotangents.grid().size(); y++) {
        none.writeRow(cotangents, image, y, between);
        pixels.addRow(image, y, cotangents, between);
      }
    }
    differentiate(first, cotangents, between, jacobian);
    PixelGradient last = firstGradient.begin(cotangents, new int[] {between});
    for (int image = 0; image < cotangents.images(); image++) {
      for (int y = 0; y < before.grid().size(); y++) {
        writeShortcut(cotangents, slot, image, y, before);
        last.addRow(image, y, before, 0);
      }
    }
    return 0;
  }

  static void differentiate(ConvolvedMap map, Cotangents cotangents, int slot, Jacobian jacobian) {
    CotangentGrid grid = cotangents.grid();
    float[] sums = Correlation.zeros(map.input().channels(), TAPS, grid.triples() * grid.pixel());
    float[] totals = new float[grid.triples() * grid.pixel()];
    for (int image = 0; image < cotangents.images(); image++) {
      map.correlate(cotangents, slot, image, TAPS, sums);
      Totals.add(cotangents, slot, image, totals);
    }
    map.differentiate(map.convolutions().getFirst(), sums, TAPS, totals, grid, jacobian);
  }

  /** The shortcut has no batch normalisation: its rows are a plain correlation. */
  private void differentiateShortcut(Cotangents cotangents, int slot, Jacobian jacobian) {
    CotangentGrid grid = cotangents.grid();
    int step = grid.triples() * grid.pixel();
    float[] sums = Correlation.zeros(inputs, 1, step);
    for (int image = 0; image < cotangents.images(); image++) {
      for (int triple = 0; triple < grid.triples(); triple++) {
        Correlation.Field field =
            new Correlation.Field(
                cotangents.numbers(),
                cotangents.at(slot, image) + triple * grid.plane(),
                grid.pixel(),
                grid.size() + 2);
        int to = triple * grid.pixel();
        Correlation.add(field, halved, image, 1, sums, to, step, grid.pixel());
      }
    }
    for (int o = 0; o < outputs; o++) {
      for (int c = 0; c < inputs; c++) {
        int from = c * step + o * grid.lanes();
        int to = jacobian.at(shortcutRow + o * inputs + c);
        System.arraycopy(sums, from, jacobian.values(), to, grid.lanes());
      }
    }
  }

  /** Writes one row of the input's cotangents, all channels, as far as the shortcut makes them. */
  private void writeShortcut(Cotangents cotangents, int slot, int image, int y, Cotangents before) {
    CotangentGrid grid = cotangents.grid();
    CotangentGrid wide = before.grid();
    float[] numbers = cotangents.numbers();
    for (int x = 0; x < grid.size(); x++) {
      int from = cotangents.at(slot, image) + grid.at(y / 2, x);
      int to = before.at(0, image) + wide.at(y, 2 * x);
      for (int c = 0; c < inputs; c++) {
        for (int lane = 0; lane < grid.lanes(); lane += Lanes.WIDTH) {
          FloatVector sum = zero();
          for (int o = 0; o < outputs; o++) {
            FloatVector weight = all(shortcut[o * inputs + c] * 0.25f);
            sum = weight.fma(load(numbers, from + grid.channel(o) + lane), sum);
          }
          int at = to + wide.channel(c) + lane;
          sum.intoArray(before.numbers(), at);
          sum.intoArray(before.numbers(), at + wide.pixel());
        }
      }
    }
  }
}
