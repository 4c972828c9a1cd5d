package dev.espalier.api.replay;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import java.util.function.Consumer;

/** Where experiments can be computed a second time without touching the first. */
@FunctionalInterface
public interface ScratchPlace {
  /** None: histories can be replayed, stages cannot be computed again. */
  ScratchPlace NONE =
      _ -> {
        throw new InvalidInput(
            "this API has no place to compute stages again: use espalier replay on its machine");
      };

  /**
   * Begins an installation of its own in a new, empty place: a store, Temporal, workers.
   *
   * @param fill puts into the store what is to be there before anything runs
   * @return closed, it leaves nothing behind
   */
  Running begin(Consumer<Store> fill) throws InterruptedException;

  /** Such an installation. */
  interface Running extends AutoCloseable {
    Store store();

    @Override
    void close();
  }
}
