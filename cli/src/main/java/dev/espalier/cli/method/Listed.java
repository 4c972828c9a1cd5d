package dev.espalier.cli.method;

import dev.espalier.search.providers.Providers;
import java.util.List;

/** What {@code META-INF/services} lists, read once. */
final class Listed {
  static final List<MethodCard> ALL = Providers.of(MethodCard.class);

  private Listed() {}
}
