package dev.espalier.workflows.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evolution.EvolveResult;
import dev.espalier.workflows.experiment.Bookkeeping.Progress;
import dev.espalier.workflows.stage.StageInput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who is trained at the end: the architecture that was found first, then random ones. */
final class Finalists {
  private Finalists() {}

  static List<TrainArchitecture> of(StageInput input, Specification specification) {
    return switch (specification) {
      case TeNasSpecification teNas ->
          trainings(input, teNas, randomCells(found(input, "prune"), teNas), 1);
      case EvolutionSpecification evolution ->
          trainings(
              input,
              evolution,
              EqualCost.architectures(
                  Json.read(input.input("evolve"), EvolveResult.class), evolution),
              evolution.trainFinal().seeds());
      case TrainSpecification train ->
          trainings(input, train, Set.of(train.parsed().canonical()), 1);
      default -> throw new IllegalArgumentException();
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
      case EvolutionSpecification evolution ->
          "Training the winner and %d random architectures of equal cost, %d seeds each"
              .formatted(
                  trainings / evolution.trainFinal().seeds() - 1, evolution.trainFinal().seeds());
      case TrainSpecification train ->
          "Training %s for %d epochs".formatted(train.architecture(), train.evaluation().epochs());
      default -> throw new IllegalArgumentException();
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
