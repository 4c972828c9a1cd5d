package dev.espalier.learning.catalogue;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.providers.Providers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of models that are known, as {@code META-INF/services} lists them. */
public final class CatalogueKinds {
  private static final List<CatalogueKind> ALL = Providers.of(CatalogueKind.class);

  private CatalogueKinds() {}

  /**
   * A model that was recognised.
   *
   * @param kind of it
   */
  public record Recognised(CatalogueKind kind, CatalogueFacts facts) {}

  public static List<CatalogueKind> all() {
    return ALL;
  }

  /** The title of a kind, or its name where this build does not know it. */
  public static String title(String name) {
    return ALL.stream()
        .filter(each -> each.name().equals(name))
        .map(CatalogueKind::title)
        .findFirst()
        .orElse(name);
  }

  /**
   * What a file is.
   *
   * @param name of the file, for messages
   * @throws InvalidInput if no kind recognises it
   */
  public static Recognised recognise(String name, TensorFile file) {
    for (CatalogueKind kind : ALL) {
      Optional<CatalogueFacts> facts = kind.recognise(file.tensors());
      if (facts.isPresent()) {
        return new Recognised(kind, facts.get());
      }
    }
    throw new InvalidInput(
        "%s holds %d tensors (%s), but no model that is known: known are %s"
            .formatted(
                name,
                file.tensors().size(),
                file.tensors().keySet().stream().limit(3).collect(Collectors.joining(", "))
                    + (file.tensors().size() > 3 ? ", …" : ""),
                ALL.stream()
                    .map(each -> "%s (%s)".formatted(each.title(), each.name()))
                    .collect(Collectors.joining(", "))));
  }
}
