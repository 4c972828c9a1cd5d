package dev.espalier.store;

import java.util.Map;
import java.util.TreeMap;

/**
 * The experiment that another one follows.
 *
 * @param verb {@code rerun} or {@code fork}
 * @param experiment the id of the one before
 * @param from the stage from which all is computed anew; empty where only what differs is
 * @param salts what is mixed into the keys of single stages, by their names; the others have the
 *     experiment's own salt
 */
public record ExperimentOrigin(
    String verb, String experiment, String from, Map<String, String> salts) {
  public ExperimentOrigin {
    RecordChecks.name("an experiment's id", experiment);
    salts = Map.copyOf(new TreeMap<>(salts));
  }

  /**
   * The same, as an experiment has it: from the named stage on the stages have its own salt.
   *
   * @param own the salt
   * @param stages the names of its stages, in order
   */
  public ExperimentOrigin saltedBy(String own, Iterable<String> stages) {
    Map<String, String> all = new TreeMap<>();
    boolean anew = false;
    for (String stage : stages) {
      anew |= stage.equals(from);
      String salt = anew ? own : salts.getOrDefault(stage, "");
      if (!salt.isEmpty()) {
        all.put(stage, salt);
      }
    }
    return new ExperimentOrigin(verb, experiment, from, all);
  }

  /** What it is, as people say it. */
  public String inWords() {
    return "A %s of %s%s".formatted(verb, experiment, from.isEmpty() ? "" : ", anew from " + from);
  }

  /** Whether two follow the same experiment in the same way; salts are theirs alone. */
  public boolean isLike(ExperimentOrigin other) {
    return verb.equals(other.verb)
        && experiment.equals(other.experiment)
        && from.equals(other.from);
  }
}
