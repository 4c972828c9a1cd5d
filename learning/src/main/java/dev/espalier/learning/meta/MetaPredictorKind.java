package dev.espalier.learning.meta;

import dev.espalier.learning.catalogue.CatalogueFacts;
import dev.espalier.learning.catalogue.CatalogueKind;
import dev.espalier.learning.training.NamedArray;
import java.util.Optional;
import java.util.SequencedMap;

/** Meta-predictors of MetaD2A, in the catalogue of models. */
public final class MetaPredictorKind implements CatalogueKind {
  public static final String NAME = "metad2a-predictor";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "a meta-predictor of MetaD2A";
  }

  @Override
  public Optional<CatalogueFacts> recognise(SequencedMap<String, NamedArray> tensors) {
    return MetaFacts.of(ModelKind.PREDICTOR, tensors);
  }
}
