package dev.espalier.cli.method;

import dev.espalier.search.method.Methods;
import java.util.List;

/** What {@code META-INF/services} lists, read once. */
final class Listed {
  static final List<MethodCard> ALL = Methods.providers(MethodCard.class);

  private Listed() {}
}
