package dev.espalier.search.method;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.settings.Checks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method that can be launched: what it is called, what can be written for it, and what goes
 * together.
 *
 * <p>Beside its {@link #specification} lie {@code schema.json}, what may be written, and {@code
 * presets/}, a YAML file each. {@link Methods} finds it by its line in {@code
 * META-INF/services/dev.espalier.search.method.Method}.
 */
public interface Method {
  /** As it is written in a specification, such as {@code te-nas}. */
  String name();

  /** As people write it, such as {@code TE-NAS}. */
  String title();

  /** What it does, in two or three sentences. */
  String summary();

  /** Where it was published. */
  String paper();

  /** The record that a resolved specification is read as. */
  Class<? extends Specification> specification();

  /** Its stages, in order. */
  List<Stage> stages();

  /** The names of its presets, the default first. */
  List<String> presets();

  /** The preset whose settings are advised where one that was given is impossible. */
  String advised();

  /** Settings that have no default, as an example of them. */
  default Map<String, String> example() {
    return Map.of();
  }

  /** The space that is meant where none is named; empty for the preset's. */
  default Optional<String> impliedSpace(JsonNode given) {
    return Optional.empty();
  }

  /** What stands between the preset and what was given: a file among the presets, or nothing. */
  default Optional<String> overlay(JsonNode given) {
    return Optional.empty();
  }

  /**
   * The imported table that is meant where none is named; empty for the preset's.
   *
   * @param formats by which tables were imported, by name
   */
  default Optional<String> impliedTable(JsonNode given, Map<String, String> formats) {
    return Optional.empty();
  }

  /** The groups of its specification that ask for something to be made first. */
  default List<Prerequisites.Inner> prerequisites() {
    return List.of();
  }

  /** Adds what is impossible together, beyond what holds of every training. */
  void check(Checks checks);

  /**
   * A stage, for people.
   *
   * @param name as in the plan, such as {@code prune}
   * @param title such as {@code Train and compare}
   * @param weight a rough share of the whole time
   */
  record Stage(String name, String title, double weight) {
    /** The stage that every method begins with. */
    public static final Stage PREPARE_DATA = new Stage("prepare-data", "Prepare data", 0.5);

    /** The stage that every method ends with. */
    public static final Stage REPORT = new Stage("report", "Report", 0.5);
  }
}
