package dev.espalier.api.launch;

import dev.espalier.store.ExperimentDocument;

/** Turns a specification into a running experiment. */
public interface Launching {
  /**
   * What would be launched; nothing is.
   *
   * @throws dev.espalier.search.failure.InvalidInput with every problem of the specification at
   *     once
   */
  Resolved resolve(LaunchWish wish);

  /**
   * Checks the specification, writes the experiment's document, then starts its workflow.
   *
   * @throws dev.espalier.search.failure.InvalidInput with every problem of the specification at
   *     once
   * @throws KeyTaken if another experiment was launched under that key
   */
  ExperimentDocument launch(LaunchWish wish);
}
