package dev.espalier.cli.command;

import dev.espalier.search.method.Methods;
import java.util.Iterator;

/** The presets of every method, for the help: {@code te-nas recommended|quick}. */
final class PresetNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Methods.all().stream()
        .map(method -> method.name() + " " + String.join("|", method.presets()))
        .iterator();
  }
}
