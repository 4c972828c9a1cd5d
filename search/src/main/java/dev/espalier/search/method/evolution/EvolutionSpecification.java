package dev.espalier.search.method.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.evolution.BitSpace;
import dev.espalier.search.evolution.CostLimits;
import dev.espalier.search.evolution.CostTable;
import dev.espalier.search.evolution.Genome;
import dev.espalier.search.evolution.LayeredNetwork;
import dev.espalier.search.evolution.Sampling;
import dev.espalier.search.evolution.SuccessiveHalving;
import dev.espalier.search.method.FitsPredictor;
import dev.espalier.search.settings.FailureSettings;
import dev.espalier.search.settings.PredictorSettings;
import dev.espalier.search.settings.Require;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.specification.SpecificationReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An experiment with evolution guided by a graph network that predicts accuracy
 * (github.com/eric8607242/NAS_with_GNN_predictor).
 *
 * @param network what all networks of the space have in common, and so the space
 * @param search how architectures are evolved on the predictor
 * @param trainFinal how the winner is compared with random architectures of equal cost
 */
public record EvolutionSpecification(
    String method,
    String space,
    String data,
    long seed,
    String preset,
    LayeredNetwork network,
    SampleSettings sample,
    EvolutionRecipe evaluation,
    PredictorSettings predictor,
    EvolutionSearch search,
    FinalSettings trainFinal,
    CostBudgetSettings budget,
    FailureSettings failure)
    implements FitsPredictor {
  public static final String METHOD = "gnn-evolution";

  /** The name of the cost that {@code budget.latencyTable} gives. */
  public static final String LATENCY = "latency";

  public EvolutionSpecification {
    Require.oneOf("method", method, METHOD);
    Require.present("space", space);
    Require.present("data", data);
    Require.present("preset", preset);
    Require.present("network", network);
    Require.present("sample", sample);
    Require.present("evaluation", evaluation);
    Require.present("predictor", predictor);
    Require.present("search", search);
    Require.present("trainFinal", trainFinal);
    Require.present("budget", budget);
    Require.present("failure", failure);
  }

  /** The networks that can be found. */
  @Override
  public SearchSpace searchSpace() {
    return network.space();
  }

  /** A preset, with some settings changed. */
  public static EvolutionSpecification preset(String preset, Map<String, String> sets) {
    return (EvolutionSpecification) SpecificationReader.preset(METHOD, preset, sets);
  }

  /**
   * The space as bits, with its costs.
   *
   * @param classes of the data, which only parameters depend on
   */
  public BitSpace bitSpace(int classes) {
    return budget.latencyTable().isEmpty()
        ? network.bits(evaluation.basics().imageSize(), classes)
        : network.bits(
            evaluation.basics().imageSize(),
            classes,
            new CostTable(LATENCY, 0, budget.latencyTable()));
  }

  /** What an architecture may cost. */
  public CostLimits limits() {
    CostLimits limits = CostLimits.NONE;
    limits = budget.macs() > 0 ? limits.and(CostTable.MACS, budget.macs()) : limits;
    limits =
        budget.parameters() > 0 ? limits.and(CostTable.PARAMETERS, budget.parameters()) : limits;
    return budget.latency() > 0 ? limits.and(LATENCY, budget.latency()) : limits;
  }

  @Override
  public Training training() {
    return new Training(network, evaluation.recipe());
  }

  @Override
  public JsonNode protocol() {
    ObjectNode protocol = (ObjectNode) Training.protocol(evaluation, network);
    protocol.remove(List.of("rungs", "keep", "table"));
    return protocol;
  }

  @Override
  public String sampleGroup() {
    return "sample";
  }

  @Override
  public int architectures() {
    return sample.architectures();
  }

  @Override
  public double tolerated() {
    return sample.tolerated();
  }

  @Override
  public SuccessiveHalving halving() {
    return evaluation.halving();
  }

  @Override
  public List<String> draw(int classes) {
    BitSpace bits = bitSpace(classes);
    return Sampling.unique(bits, limits(), architectures(), seed, "sample").stream()
        .map(genome -> bits.architecture(genome).canonical())
        .toList();
  }

  @Override
  public Predicate<String> isAffordable(int classes) {
    BitSpace bits = bitSpace(classes);
    Set<Map.Entry<String, Double>> limits = limits().most().entrySet();
    return architecture -> {
      Genome genome = bits.genome(searchSpace().parse(architecture));
      return limits.stream()
          .allMatch(limit -> bits.cost(limit.getKey()).of(genome) <= limit.getValue());
    };
  }

  @Override
  public String device() {
    return budget.device();
  }

  @Override
  public String table() {
    return evaluation.table();
  }
}
