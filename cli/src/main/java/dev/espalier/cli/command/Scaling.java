package dev.espalier.cli.command;

import dev.espalier.cli.home.Home;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.NetworkImages;
import dev.espalier.search.method.MeasuresIndicators;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.store.DatasetDocument;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says to which sizes an experiment scales images that do not fit it as they are. */
final class Scaling {
  private Scaling() {}

  static void remark(Home home, Output output, Specification specification, String data) {
    try (StoreAccess access = StoreAccess.open(home, "run")) {
      access
          .store()
          .datasets()
          .byName(data)
          .filter(dataset -> dataset.kind().equals(DatasetDocument.IMAGES))
          .ifPresent(dataset -> remark(output, specification, dataset));
    }
  }

  private static void remark(Output output, Specification specification, DatasetDocument dataset) {
    ImageShape shape = new ImageShape(dataset.channels(), dataset.height(), dataset.width());
    String scaled =
        sizes(specification).stream()
            .filter(size -> !NetworkImages.takesPlainly(shape, size))
            .map(size -> "%d x %d".formatted(size, size))
            .collect(Collectors.joining(" and "));
    if (!scaled.isEmpty()) {
      output.remark(
          "Images of %s are %d x %d: scaled to %s for this."
              .formatted(dataset.name(), dataset.height(), dataset.width(), scaled));
    }
  }

  private static Set<Integer> sizes(Specification specification) {
    Set<Integer> sizes = new TreeSet<>();
    if (specification instanceof MeasuresIndicators measuring) {
      sizes.add(measuring.indicators().ntk().imageSize());
    }
    if (specification instanceof TrainsNetworks training) {
      sizes.add(training.training().recipe().imageSize());
    }
    return sizes;
  }
}
