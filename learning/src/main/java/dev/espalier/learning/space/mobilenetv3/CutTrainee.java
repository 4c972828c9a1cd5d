package dev.espalier.learning.space.mobilenetv3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.canonical.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network whose training begins with weights that were cut out of a supernet. */
final class CutTrainee implements Trainee {
  private static final String STATISTICS = ".running_";

  private final ElasticTrainee trainee;
  private final String supernet;
  private final int classes;
  private final Map<String, NamedArray> cut;

  /**
   * @param supernet its digest
   * @param classes of the supernet
   * @param cut parameters and running statistics by name
   */
  CutTrainee(ElasticTrainee trainee, String supernet, int classes, Map<String, NamedArray> cut) {
    this.trainee = trainee;
    this.supernet = supernet;
    this.classes = classes;
    this.cut = cut;
  }

  @Override
  public String kind() {
    return trainee.kind();
  }

  @Override
  public String canonical() {
    return trainee.canonical();
  }

  @Override
  public JsonNode identity() {
    return Json.tree(Map.of("trainee", trainee, "supernet", supernet));
  }

  @Override
  public ParameterSource start(int ofData, ParameterSource drawn) {
    return parameter -> {
      boolean isFresh = ofData != classes && parameter.name().startsWith(ElasticPlan.CLASSIFIER);
      NamedArray known = cut.get(parameter.name());
      return isFresh || known == null ? drawn.values(parameter) : known.values();
    };
  }

  @Override
  public Map<String, float[]> startingStatistics() {
    Map<String, float[]> statistics = new LinkedHashMap<>();
    cut.forEach((name, array) -> {
      if (name.contains(STATISTICS)) {
        statistics.put(name, array.values());
      }
    });
    return statistics;
  }

  @Override
  public TrainableNetwork network(
      Torch torch, int ofData, ParameterSource weights, boolean auxiliary) {
    return trainee.network(torch, ofData, weights, auxiliary);
  }
}
