package dev.espalier.store;

/**
 * One value measured in a round of a stage.
 *
 * @param json canonical JSON
 */
public record Measurement(String stageKey, int round, String name, String json) {
  public Measurement {
    RecordChecks.name("a stage key", stageKey);
    RecordChecks.notNegative("a round", round);
    RecordChecks.id("a measurement's name", name);
    if (name.indexOf('/') >= 0) {
      throw new dev.espalier.search.failure.InvalidInput(
          "a measurement's name must hold no slash, but was \"%s\"".formatted(name));
    }
  }
}
