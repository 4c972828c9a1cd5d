package dev.espalier.search.failure;

/**
 * What was asked for is well said, but does not go with the state that things are in: the same may
 * be possible later. Says what the state is and what is possible in it.
 */
public final class StateConflict extends InvalidInput {
  private static final long serialVersionUID = 1L;

  public StateConflict(String message) {
    super(message);
  }
}
