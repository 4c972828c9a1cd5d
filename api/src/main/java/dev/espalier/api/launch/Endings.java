package dev.espalier.api.launch;

/**
 * What else is to be done when an experiment has ended, or is deleted. It may be asked for twice.
 */
@FunctionalInterface
public interface Endings {
  /** Nothing. */
  Endings NOTHING = _ -> {};

  void ended(String experimentId);

  /** It is deleted: what was done at its end goes too. */
  default void deleted(String experimentId) {}
}
