package dev.espalier.learning.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What is meta-trained, on what, how, and with which draws.
 *
 * @param coding of the space of the architectures
 * @param validation rows that each epoch is judged by; may be none
 */
public record MetaTrainingTask(
    Torch torch,
    GraphCoding coding,
    ModelKind kind,
    ModelSizes sizes,
    MetaRecipe recipe,
    MetaExamples training,
    MetaExamples validation,
    long seed) {
  public MetaTrainingTask {
    if (training.size() == 0) {
      throw new InvalidInput(
          "there is no row to meta-train the %s on: give a meta-database with rows of its kind"
              .formatted(kind.title()));
    }
  }

  /** A digest of all that a checkpoint must agree with. */
  String subject() {
    ObjectNode parts = Json.mapper().createObjectNode();
    parts.put("space", coding.space());
    parts.put("kind", kind.title());
    parts.set("sizes", Json.tree(sizes));
    parts.set("recipe", Json.tree(recipe));
    parts.put("training", training.digest());
    parts.put("validation", validation.digest());
    parts.put("seed", Long.toString(seed));
    return Digest.of(parts);
  }

  RandomStream stream(String purpose, int... place) {
    Object[] path = new Object[2 + place.length];
    path[0] = "metad2a";
    path[1] = purpose;
    for (int i = 0; i < place.length; i++) {
      path[2 + i] = place[i];
    }
    return RandomStream.of(seed, path);
  }

  /** New images of each row, by a stream for each. */
  List<SetDraw> drawn(int epoch, int... rows) {
    List<SetDraw> draws = new ArrayList<>();
    if (sizes.readsSets()) {
      for (int row : rows) {
        draws.add(training.draw(row, stream("images", epoch, row)));
      }
    }
    return draws;
  }

  List<CodedGraph> graphs(int... rows) {
    List<CodedGraph> graphs = new ArrayList<>(rows.length);
    for (int row : rows) {
      graphs.add(training.graph(row));
    }
    return graphs;
  }

  MetaObjective objective() {
    return switch (kind) {
      case GENERATOR ->
          new GeneratorObjective(this, GeneratorModel.fresh(torch, coding.topology(), sizes, seed));
      case PREDICTOR -> {
        double[] accuracies = new double[training.size()];
        for (int row = 0; row < accuracies.length; row++) {
          accuracies[row] = training.target(row);
        }
        yield new PredictorObjective(
            this,
            MetaPredictorModel.fresh(
                torch, coding.topology(), sizes, AccuracyScale.of(accuracies), seed));
      }
    };
  }
}
