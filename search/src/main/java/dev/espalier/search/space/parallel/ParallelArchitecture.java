package dev.espalier.search.space.parallel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.EdgeEnds;
import dev.espalier.search.space.ForeignNotation;
import dev.espalier.search.space.PlacedOperator;
import dev.espalier.search.space.Surroundings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The operations whose outputs each layer sums. As a string, and as JSON: layers separated by
 * {@code |}, operations by {@code +} in the published order, such as {@code skip+sep3|dil5|sep7}.
 */
public record ParallelArchitecture(List<Set<Operation>> layers) implements Architecture {
  public ParallelArchitecture {
    List<Set<Operation>> copies = new ArrayList<>();
    for (Set<Operation> layer : layers) {
      if (layer.isEmpty()) {
        throw new InvalidInput(
            "layer %d has no operation: every layer needs at least one"
                .formatted(copies.size() + 1));
      }
      copies.add(Collections.unmodifiableSet(EnumSet.copyOf(layer)));
    }
    layers = List.copyOf(copies);
  }

  /**
   * The architecture of a string.
   *
   * @throws InvalidInput with the layer that is wrong and what is allowed there
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ParallelArchitecture parse(String text) {
    try {
      return ofLayers(Surroundings.removed(Surroundings.plain(text)));
    } catch (InvalidInput e) {
      throw ForeignNotation.instead(
          text, "layers of parallel operations", List.of(ForeignNotation.LAYERS), e);
    }
  }

  private static ParallelArchitecture ofLayers(String text) {
    List<Set<Operation>> layers = new ArrayList<>();
    for (String layer : text.split("\\|", -1)) {
      Set<Operation> operations = EnumSet.noneOf(Operation.class);
      for (String label : layer.split("\\+", -1)) {
        Operation operation;
        try {
          operation = Operation.labelled(label.strip());
        } catch (InvalidInput e) {
          throw new InvalidInput(
              "layer %d of \"%s\": %s".formatted(layers.size() + 1, text, e.getMessage()));
        }
        if (!operations.add(operation)) {
          throw new InvalidInput(
              "layer %d of \"%s\" names %s twice"
                  .formatted(layers.size() + 1, text, operation.label()));
        }
      }
      layers.add(operations);
    }
    return new ParallelArchitecture(layers);
  }

  @Override
  @JsonValue
  public String canonical() {
    return layers.stream()
        .map(layer -> layer.stream().map(Operation::label).collect(Collectors.joining("+")))
        .collect(Collectors.joining("|"));
  }

  /** State 0 is what the stem hands on, state {@code l} the sum of layer {@code l}, from 1. */
  @Override
  public List<PlacedOperator> placed() {
    List<PlacedOperator> placed = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      for (Operation operation : layers.get(layer)) {
        placed.add(new PlacedOperator(new EdgeEnds("", layer, layer + 1), operation.label()));
      }
    }
    return placed;
  }

  @Override
  public String svg() {
    return LayersSvg.of(this);
  }

  @Override
  public String dot() {
    return LayersDot.of(this);
  }

  /** Five layers side by side. */
  @Override
  public String text() {
    return LayersText.of(this);
  }

  @Override
  public String toString() {
    return canonical();
  }
}
