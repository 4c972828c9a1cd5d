package dev.espalier.learning.features;

import dev.espalier.learning.catalogue.CatalogueFacts;
import dev.espalier.learning.catalogue.CatalogueKind;
import dev.espalier.learning.training.NamedArray;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Residual networks that compute features, such as ResNet-18, in the catalogue of models. */
public final class FeatureWeightsKind implements CatalogueKind {
  public static final String NAME = "feature-weights";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "an encoder of images: a residual network";
  }

  /** It is about no space. */
  @Override
  public Optional<CatalogueFacts> recognise(SequencedMap<String, NamedArray> tensors) {
    if (!tensors.containsKey("conv1.weight") || !tensors.containsKey("layer1.0.conv1.weight")) {
      return Optional.empty();
    }
    ResidualShape shape = EncoderWeights.of("the file", tensors).shape();
    return Optional.of(
        new CatalogueFacts(
            "",
            Map.of(
                "features", Integer.toString(shape.features()),
                "blocks", shape.blocks().toString(),
                "channels", shape.widths().toString())));
  }
}
