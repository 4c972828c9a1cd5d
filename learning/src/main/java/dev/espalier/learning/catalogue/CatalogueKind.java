package dev.espalier.learning.catalogue;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import java.util.Optional;
import java.util.SequencedMap;

/** A kind of trained model. {@code META-INF/services} lists them. */
public interface CatalogueKind {
  /** Such as {@code metad2a-generator}. */
  String name();

  /** In words, with its article, such as {@code a generator of MetaD2A}. */
  String title();

  /**
   * What the model of these tensors is; empty if it is of another kind.
   *
   * @throws InvalidInput if it is of this kind, but tensors lack or do not fit together
   */
  Optional<CatalogueFacts> recognise(SequencedMap<String, NamedArray> tensors);
}
