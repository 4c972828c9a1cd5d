package dev.espalier.activities.evaluation;

import dev.espalier.learning.space.CutNetworks;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.learning.space.SupernetWeights;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.store.ModelDocument;
import dev.espalier.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The supernets of the catalogue, in whose weights trainings begin. The last one that was asked for
 * stays in memory: trainings of an experiment all ask for the same. Safe for many threads.
 */
final class Supernets {
  private final Store store;
  private @Nullable Read last;

  private record Read(String digest, SupernetWeights weights) {}

  Supernets(Store store) {
    this.store = store;
  }

  /**
   * @param digest of the model
   * @throws InvalidInput if it is not here, or the space has no supernets
   */
  synchronized SupernetWeights of(SearchSpace space, String digest) {
    if (last == null || !last.digest().equals(digest)) {
      last = new Read(digest, read(space, digest));
    }
    return last.weights();
  }

  private SupernetWeights read(SearchSpace space, String digest) {
    if (!(NetworksBySpace.of(space) instanceof CutNetworks networks)) {
      throw new InvalidInput(
          "network.supernet: no weights are cut out of supernets of " + space.name());
    }
    ModelDocument model =
        store
            .models()
            .byDigest(digest)
            .orElseThrow(() ->
                new InvalidInput(
                    "network.supernet: the supernet %s is not in the catalogue: espalier model import FILE"
                        .formatted(digest)));
    return networks.supernet(store.artifacts().get(model.artifact()));
  }
}
