package dev.espalier.learning.meta;

import dev.espalier.learning.catalogue.CatalogueFacts;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What the catalogue says of a model of MetaD2A: its space, told by its graphs, and its sizes. */
final class MetaFacts {
  /** The name of the size that says how many features an image has; 0 for graphs alone. */
  static final String FEATURES = "features";

  private MetaFacts() {}

  static Optional<CatalogueFacts> of(ModelKind kind, SequencedMap<String, NamedArray> tensors) {
    if (!tensors.containsKey(kind.mark())) {
      return Optional.empty();
    }
    NamedArray types = tensors.get("grue_forward.weight_ih");
    NamedArray gate = tensors.get("gate_forward.0.weight");
    if (types == null || gate == null || types.shape().length != 2 || gate.shape().length != 2) {
      throw new InvalidInput(
          "a MetaD2A %s has a graph encoder, but this one's layers lack or are cut short"
              .formatted(kind.title()));
    }
    long vertices = gate.shape()[1] - gate.shape()[0];
    GraphCoding coding =
        GraphCodings.all().stream()
            .filter(each -> each.vertices() == vertices && each.types() == types.shape()[1])
            .findFirst()
            .orElseThrow(() ->
                new InvalidInput(
                    "a MetaD2A %s for graphs of %d vertices of %d types: no space has such, known are %s"
                        .formatted(
                            kind.title(),
                            vertices,
                            types.shape()[1],
                            GraphCodings.all().stream()
                                .map(each ->
                                    "%s (%d of %d)"
                                        .formatted(each.space(), each.vertices(), each.types()))
                                .collect(Collectors.joining(", ")))));
    ModelSizes sizes = ModelState.check("the file", kind, coding.topology(), tensors);
    return Optional.of(
        new CatalogueFacts(
            coding.space(),
            Map.of(
                FEATURES,
                Integer.toString(sizes.width()),
                "latent",
                Integer.toString(sizes.latent()),
                "hidden",
                Integer.toString(sizes.hidden()))));
  }
}
