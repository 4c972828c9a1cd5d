package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.catalogue.CatalogueFacts;
import dev.espalier.learning.catalogue.CatalogueKind;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.space.mobilenetv3.MobileNetV3;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Supernets of MobileNetV3, in the catalogue of models. */
public final class ElasticWeightsKind implements CatalogueKind {
  @Override
  public String name() {
    return "supernet";
  }

  @Override
  public String title() {
    return "a supernet of Once-for-All's MobileNetV3";
  }

  @Override
  public Optional<CatalogueFacts> recognise(SequencedMap<String, NamedArray> tensors) {
    if (!ElasticWeights.looksLike(tensors.keySet())) {
      return Optional.empty();
    }
    ElasticWeights weights = ElasticWeights.of(tensors);
    return Optional.of(
        new CatalogueFacts(
            MobileNetV3.NAME,
            Map.of(
                "width", String.valueOf(weights.network().width()),
                "classes", String.valueOf(weights.classes()))));
  }
}
