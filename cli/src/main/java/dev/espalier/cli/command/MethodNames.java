package dev.espalier.cli.command;

import dev.espalier.search.method.Methods;
import java.util.Iterator;

/** The methods, for the help. */
final class MethodNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Methods.names().iterator();
  }
}
