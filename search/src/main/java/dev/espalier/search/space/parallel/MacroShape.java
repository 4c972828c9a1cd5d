package dev.espalier.search.space.parallel;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.espalier.search.evolution.BitSpace;
import dev.espalier.search.evolution.CostTable;
import dev.espalier.search.evolution.LayeredNetwork;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import java.util.List;
import java.util.Set;

/**
 * What all networks of a space have in common: a stem (3x3 convolution, batch norm, ReLU6), the
 * searchable layers, and a tail (1x1 convolution, batch norm, ReLU6, average over space, linear).
 *
 * @param stem channels behind the stem
 * @param layers the searchable layers in order
 * @param operations the candidates of every layer, in order
 * @param tail channels behind the tail's convolution
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public record MacroShape(int stem, List<LayerShape> layers, List<Operation> operations, int tail)
    implements LayeredNetwork {
  /** The published shape of NAS_with_GNN_predictor, CIFAR-100. */
  public static final MacroShape PUBLISHED =
      new MacroShape(
          16,
          List.of(
              new LayerShape(16, 1),
              new LayerShape(32, 2),
              new LayerShape(40, 2),
              new LayerShape(80, 2),
              new LayerShape(320, 1)),
          List.of(Operation.values()),
          1280);

  public MacroShape {
    layers = List.copyOf(layers);
    operations = List.copyOf(operations);
    if (stem < 1 || tail < 1 || layers.isEmpty() || operations.isEmpty()) {
      throw new InvalidInput(
          "a network needs at least 1 stem channel, 1 tail channel, 1 layer and 1 operation");
    }
    if (Set.copyOf(operations).size() < operations.size()) {
      throw new InvalidInput("every operation can be given once, but got %s".formatted(operations));
    }
  }

  @Override
  public ParallelSpace space() {
    return new ParallelSpace(this);
  }

  @Override
  public Cost cost(Architecture architecture, int imageSize, int classes) {
    return new Costs(this, imageSize, IMAGE_CHANNELS, classes)
        .of((ParallelArchitecture) architecture);
  }

  @Override
  public BitSpace bits(int imageSize, int classes, CostTable... more) {
    return ParallelBitSpace.of(space(), new Costs(this, imageSize, IMAGE_CHANNELS, classes), more);
  }

  /** Channels that go into a layer. */
  public int inputChannels(int layer) {
    return layer == 0 ? stem : layers.get(layer - 1).channels();
  }

  /** How much smaller the image is behind the last layer. */
  public int totalStride() {
    return layers.stream().mapToInt(LayerShape::stride).reduce(1, (a, b) -> a * b);
  }

  /** The length of an encoding: one bit for every operation of every layer. */
  public int bits() {
    return layers.size() * operations.size();
  }
}
