package dev.espalier.search.method.tenas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.MeasuresIndicators;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.search.settings.BudgetSettings;
import dev.espalier.search.settings.FailureSettings;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.settings.Require;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.PrunableSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.specification.SpecificationReader;
import java.util.List;
import java.util.Map;

/** An experiment with TE-NAS (Chen et al., ICLR 2021). */
public record TeNasSpecification(
    String method,
    String space,
    String data,
    long seed,
    String preset,
    TeNasSearch search,
    TeNasEvaluation evaluation,
    BudgetSettings budget,
    FailureSettings failure)
    implements TrainsNetworks, MeasuresIndicators {
  public static final String METHOD = "te-nas";

  public TeNasSpecification {
    Require.oneOf("method", method, METHOD);
    Require.present("space", space);
    Require.present("data", data);
    Require.present("preset", preset);
    Require.present("search", search);
    Require.present("evaluation", evaluation);
    Require.present("budget", budget);
    Require.present("failure", failure);
  }

  /** A preset, with some settings changed. */
  public static TeNasSpecification preset(String preset, Map<String, String> sets) {
    return (TeNasSpecification) SpecificationReader.preset(METHOD, preset, sets);
  }

  /** What stands on every edge at the start. */
  public Supernet supernet() {
    return prunable().supernet(search.operators().equals("all"));
  }

  /** The network that architectures are trained in. */
  public NetworkSettings network() {
    return prunable().network(evaluation.channels(), evaluation.cells());
  }

  /** The space that is searched. */
  public PrunableSpace prunable() {
    return SearchSpaces.prunable(space);
  }

  @Override
  public IndicatorSettings indicators() {
    return search.indicators();
  }

  @Override
  public String device() {
    return budget.device();
  }

  @Override
  public Training training() {
    return new Training(network(), evaluation.recipe());
  }

  @Override
  public JsonNode protocol() {
    ObjectNode protocol = (ObjectNode) Json.tree(evaluation);
    protocol.remove(List.of("randomCells", "table"));
    return protocol;
  }

  @Override
  public String tableFormat() {
    return "nas-bench-201";
  }

  @Override
  public String table() {
    return evaluation.table();
  }
}
