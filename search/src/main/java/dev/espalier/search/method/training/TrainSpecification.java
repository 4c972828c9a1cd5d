package dev.espalier.search.method.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.search.settings.BudgetSettings;
import dev.espalier.search.settings.FailureSettings;
import dev.espalier.search.settings.Require;
import dev.espalier.search.settings.TrainingSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.specification.SpecificationReader;
import java.util.Map;

/**
 * An experiment that trains one architecture by a recipe, which is its preset.
 *
 * @param architecture in the notation of its space
 * @param network what is around the architecture
 * @param evaluation how it is trained
 */
public record TrainSpecification(
    String method,
    String space,
    String data,
    long seed,
    String preset,
    String architecture,
    NetworkSettings network,
    TrainingSettings evaluation,
    BudgetSettings budget,
    FailureSettings failure)
    implements TrainsNetworks {
  public static final String METHOD = "train";

  public TrainSpecification {
    Require.oneOf("method", method, METHOD);
    Require.present("space", space);
    Require.present("data", data);
    Require.present("preset", preset);
    Require.present("architecture", architecture);
    Require.present("network", network);
    Require.present("evaluation", evaluation);
    Require.present("budget", budget);
    Require.present("failure", failure);
  }

  /** A recipe, with some settings changed. */
  public static TrainSpecification preset(String preset, Map<String, String> sets) {
    return (TrainSpecification) SpecificationReader.preset(METHOD, preset, sets);
  }

  /** The architecture, which the network can hold. */
  public Architecture parsed() {
    return network.space().parse(architecture);
  }

  /**
   * What its network costs, without an auxiliary head.
   *
   * @param classes of the data
   */
  public Cost cost(int classes) {
    return network.cost(parsed(), evaluation.imageSize(), classes);
  }

  @Override
  public Training training() {
    return new Training(network, evaluation);
  }

  @Override
  public JsonNode protocol() {
    return Training.protocol(evaluation, network);
  }

  @Override
  public String device() {
    return budget.device();
  }

  /** Empty: it is trained for real. */
  @Override
  public String table() {
    return "";
  }
}
