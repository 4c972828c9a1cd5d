package dev.espalier.api.method;

import dev.espalier.search.method.Methods;
import java.util.List;

/** What {@code META-INF/services} lists, read once. */
final class Listed {
  static final List<MethodFindings> ALL = Methods.providers(MethodFindings.class);

  private Listed() {}
}
