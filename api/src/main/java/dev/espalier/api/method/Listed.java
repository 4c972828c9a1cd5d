package dev.espalier.api.method;

import dev.espalier.search.providers.Providers;
import java.util.List;

/** What {@code META-INF/services} lists, read once. */
final class Listed {
  static final List<MethodFindings> ALL = Providers.of(MethodFindings.class);

  private Listed() {}
}
