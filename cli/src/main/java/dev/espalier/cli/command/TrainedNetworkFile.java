package dev.espalier.cli.command;

import dev.espalier.activities.data.DatasetCache;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.Home;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.NetworkImages;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateStage;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The trained network of an experiment's winner, as files. */
record TrainedNetworkFile(Home home, Store store, ExperimentView view) {

  /**
   * Its weights as safetensors.
   *
   * @throws InvalidInput if there are none
   */
  byte[] weights() {
    return store.artifacts().get(digest().orElseThrow(this::none));
  }

  /** The network in evaluation mode, as an ONNX model. */
  byte[] onnx() {
    Safetensors weights = Safetensors.decode(weights());
    String architecture = Objects.requireNonNull(ExperimentLine.of(view).architecture());
    if (Json.read(view.specification().toString(), Specification.class)
        instanceof TrainsNetworks specification) {
      NetworkSettings network = specification.training().network();
      int side = specification.training().recipe().imageSize();
      SearchSpace space = network.space();
      return NetworksBySpace.of(space)
          .onnx(network, space.parse(architecture), weights, side, input(side));
    }
    throw none();
  }

  /**
   * How pictures become the model's input, and what its outputs stand for: {@code (pixel / 255 -
   * mean) / deviation} of each channel. Empty where the data set is not here any more.
   */
  private Map<String, String> input(int side) {
    String digest = view.dataDigest();
    if (digest == null || store.datasets().byDigest(digest).isEmpty()) {
      return Map.of();
    }
    ImageDataset dataset = DatasetCache.load(store, home.cache().resolve("data"), digest);
    NetworkImages images = NetworkImages.of(dataset, side);
    return Map.of(
        "data", view.data(),
        "mean", Json.write(images.means()),
        "deviation", Json.write(images.deviations()),
        "classes", Json.write(dataset.classNames()));
  }

  /** Kept as an artifact; of experiments from before that, named in the result of a stage. */
  private Optional<String> digest() {
    Optional<String> kept =
        view.artifacts().stream()
            .filter(artifact -> artifact.kind().equals("weights"))
            .map(artifact -> artifact.digest())
            .findFirst();
    return kept.or(() ->
        view.stages().stream()
            .filter(stage -> stage.kind().equals(EvaluateStage.TYPE) && !stage.key().isEmpty())
            .flatMap(stage -> store.stages().find(stage.key()).stream())
            .flatMap(stage -> Optional.ofNullable(stage.result()).stream())
            .flatMap(result -> Json.read(result, EvaluateResult.class).foundWeights().stream())
            .findFirst());
  }

  private InvalidInput none() {
    String id = view.id();
    return new InvalidInput(
        switch (view.state()) {
          case COMPLETED ->
              ("%s has no trained weights: the training of what it found diverged. "
                      + "Train it with other settings: espalier train %s --set evaluation.learningRate=0.01")
                  .formatted(id, id);
          case CANCELLED ->
              ("%s has no trained weights: it was cancelled before its training ended. Run it again: "
                      + "what it finished is reused")
                  .formatted(id);
          default ->
              "%s has no trained weights yet, it %s: wait for its end with espalier watch %s"
                  .formatted(id, Standing.of(view.state()), id);
        });
  }
}
