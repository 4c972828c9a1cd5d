package dev.espalier.api.launch;

/** What else is to be done when an experiment has ended. It may be asked for twice. */
@FunctionalInterface
public interface Endings {
  /** Nothing. */
  Endings NOTHING = _ -> {};

  void ended(String experimentId);
}
