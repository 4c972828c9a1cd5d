package dev.espalier.workflows.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.parallel.Costs;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import dev.espalier.search.specification.GnnEvolutionSpecification;
import dev.espalier.search.specification.Specification;
import dev.espalier.search.specification.TeNasSpecification;
import dev.espalier.search.specification.TrainSpecification;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.experiment.Bookkeeping.Progress;
import dev.espalier.workflows.stage.StageInput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who is trained at the end: the architecture that was found first, then random ones. */
final class Finalists {
  private static final int DRAWS = 100_000;

  private Finalists() {}

  static List<TrainArchitecture> of(StageInput input, Specification specification) {
    return switch (specification) {
      case TeNasSpecification teNas ->
          trainings(input, teNas, randomCells(found(input, "prune"), teNas), 1);
      case GnnEvolutionSpecification evolution ->
          trainings(
              input,
              evolution,
              ofEqualCost(found(input, "evolve"), evolution),
              evolution.trainFinal().seeds());
      case TrainSpecification train ->
          trainings(input, train, Set.of(train.parsed().canonical()), 1);
    };
  }

  /** Of many trainings each one counts, of a single one its epochs. */
  static Progress progress(Specification specification, int trainings) {
    return specification instanceof TrainSpecification train
        ? new Progress(0, 1, 0, train.evaluation().epochs(), "epochs")
        : new Progress(0, 1, 0, trainings, "trainings");
  }

  static String inWords(Specification specification, int trainings) {
    return switch (specification) {
      case TeNasSpecification _ -> "Training %d architectures the same way".formatted(trainings);
      case GnnEvolutionSpecification evolution ->
          "Training the winner and %d random architectures of equal cost, %d seeds each"
              .formatted(
                  trainings / evolution.trainFinal().seeds() - 1, evolution.trainFinal().seeds());
      case TrainSpecification train ->
          "Training %s for %d epochs".formatted(train.architecture(), train.evaluation().epochs());
    };
  }

  private static String found(StageInput input, String stage) {
    return Json.read(input.input(stage), JsonNode.class).get("architecture").asText();
  }

  /** The found architecture and random ones, all different. */
  private static Set<String> randomCells(String found, TeNasSpecification specification) {
    SearchSpace space = SearchSpaces.named(specification.space());
    Set<String> architectures = new LinkedHashSet<>();
    architectures.add(space.parse(found).canonical());
    RandomStream stream = RandomStream.of(specification.seed(), "evaluate", "random-architectures");
    while (architectures.size() <= specification.evaluation().randomCells()) {
      architectures.add(space.random(stream).canonical());
    }
    return architectures;
  }

  /** The winner and random ones whose MACs are within the tolerance of its own, all different. */
  private static Set<String> ofEqualCost(String found, GnnEvolutionSpecification specification) {
    ParallelSpace space = specification.searchSpace();
    // Convolutions alone are counted, so the number of classes does not matter.
    Costs costs = new Costs(space.shape(), specification.evaluation().imageSize(), 3, 1);
    ParallelArchitecture winner = space.parse(found);
    long macs = costs.of(winner).macs();
    double apart = macs * specification.trainFinal().costTolerance();
    Set<String> architectures = new LinkedHashSet<>();
    architectures.add(winner.canonical());
    RandomStream stream =
        RandomStream.of(specification.seed(), "train-final", "random-architectures");
    for (int draw = 0;
        draw < DRAWS && architectures.size() <= specification.trainFinal().randomArchitectures();
        draw++) {
      ParallelArchitecture random = space.random(stream);
      if (Math.abs(costs.of(random).macs() - macs) <= apart) {
        architectures.add(random.canonical());
      }
    }
    if (architectures.size() <= specification.trainFinal().randomArchitectures()) {
      throw new InvalidInput(
          "of %,d random architectures only %d cost within %s of the winner's %,d MACs, but trainFinal.randomArchitectures wants %d: raise trainFinal.costTolerance"
              .formatted(
                  DRAWS,
                  architectures.size() - 1,
                  specification.trainFinal().costTolerance(),
                  macs,
                  specification.trainFinal().randomArchitectures()));
    }
    return architectures;
  }

  private static List<TrainArchitecture> trainings(
      StageInput input, Specification specification, Set<String> architectures, int seeds) {
    List<TrainArchitecture> trainings = new ArrayList<>();
    int number = 0;
    for (String architecture : architectures) {
      String role = number == 0 ? EvaluateResult.FOUND : EvaluateResult.RANDOM;
      for (int seed = 0; seed < seeds; seed++) {
        trainings.add(
            Trainings.ofFinalist(
                input, specification, architecture, role, number, specification.seed() + seed));
      }
      number++;
    }
    return trainings;
  }
}
