package dev.espalier.learning.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import java.util.Map;

/**
 * What a training trains: it builds the network, and is a part of what a checkpoint must agree
 * with.
 */
public interface Trainee {
  int IMAGE_CHANNELS = 3;

  /** The architecture's key in the metadata of the weights. */
  String kind();

  /** The architecture as a string. */
  String canonical();

  /** What a checkpoint must agree with. */
  default JsonNode identity() {
    return Json.tree(this);
  }

  /**
   * Where the parameters of a training that begins come from: those of a fresh network, unless it
   * begins with what is known.
   *
   * @param classes of the data
   * @param drawn those of a fresh network
   * @throws InvalidInput if what is known is of another network
   */
  default ParameterSource start(int classes, ParameterSource drawn) {
    return drawn;
  }

  /** The running statistics that a training begins with, by name; else they are 0 and 1. */
  default Map<String, float[]> startingStatistics() {
    return Map.of();
  }

  /**
   * Builds the network.
   *
   * @param auxiliary whether it has a second classifier, for training only
   * @throws InvalidInput if it is to have one and cannot
   */
  TrainableNetwork network(Torch torch, int classes, ParameterSource weights, boolean auxiliary);
}
