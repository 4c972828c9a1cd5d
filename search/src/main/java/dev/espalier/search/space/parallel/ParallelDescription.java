package dev.espalier.search.space.parallel;

import dev.espalier.search.space.SpaceDescription;
import dev.espalier.search.space.SpaceDescription.Fact;
import java.util.ArrayList;
import java.util.List;

/** What the networks of a shape are, for people. */
final class ParallelDescription {
  private ParallelDescription() {}

  static SpaceDescription of(ParallelSpace space) {
    MacroShape shape = space.shape();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("stem", shape.stem() + " channels"));
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      LayerShape each = shape.layers().get(layer);
      facts.add(
          Fact.of(
              "layer " + (layer + 1),
              "%d channels%s"
                  .formatted(each.channels(), each.stride() == 1 ? "" : ", image halved")));
    }
    facts.add(Fact.of("tail", shape.tail() + " channels"));
    facts.add(Fact.of("operations", String.join(", ", space.operators())));
    facts.add(Fact.of("written as", "op+op|op|op+op+op: one part for every layer"));
    return new SpaceDescription(
        facts,
        List.of(
            "A layer sums what some of the operations compute, at least one: skip; sepK,",
            "two depthwise separable KxK convolutions; dilK, one of dilation 2.",
            "A space of your own is a YAML file with stem, layers, operations and tail:",
            "espalier run gnn-evolution --space FILE.yaml"));
  }
}
