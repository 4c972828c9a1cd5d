package dev.espalier.api.catalogue;

import dev.espalier.store.ModelDocument;
import java.time.Instant;
import java.util.Map;

/**
 * A trained model that can be used again.
 *
 * @param kind such as {@code metad2a-generator}
 * @param sizes of its layers, by name
 * @param format what it was imported from, or {@code trained}
 * @param origin where it comes from: the file, or experiment, stage and epoch
 */
public record ModelView(
    String name,
    String kind,
    String space,
    Map<String, String> sizes,
    String digest,
    String format,
    Map<String, String> origin,
    Instant imported) {
  public ModelView {
    sizes = Map.copyOf(sizes);
    origin = Map.copyOf(origin);
  }

  public static ModelView of(ModelDocument model) {
    return new ModelView(
        model.name(),
        model.kind(),
        model.space(),
        model.sizes(),
        model.digest(),
        model.format(),
        model.origin(),
        model.imported());
  }
}
