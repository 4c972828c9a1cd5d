package dev.espalier.activities.evaluation.program;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.specification.ProgramChecks;
import dev.espalier.store.program.Interpreter;
import dev.espalier.store.program.ProgramEnvironment;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/**
 * The command line of a training, and its environment.
 *
 * @param words the placeholders filled in
 */
record ProgramCommand(List<String> words, Map<String, String> environment) {
  ProgramCommand {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /** What a program is told of an architecture in a file. */
  private record Described(
      String space,
      String architecture,
      List<String> operators,
      List<Integer> vertices,
      List<int[]> edges,
      NetworkSettings network) {}

  /**
   * @param folder with {@code checkpoint} in it; a file may be added
   * @param data the folder of the images, made when it is asked for
   */
  static ProgramCommand of(
      TrainArchitecture request, OwnProgram program, int epochs, Path folder, Supplier<Path> data)
      throws IOException {
    Set<String> used = new HashSet<>();
    program.command().forEach(word -> used.addAll(ProgramChecks.in(word)));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("architecture", request.architecture());
    values.put("genotype", request.architecture());
    values.put("epochs", Integer.toString(epochs));
    values.put(
        "scheduleEpochs", Integer.toString(Objects.requireNonNull(request.recipe()).epochs()));
    values.put("seed", String.valueOf(request.seed()));
    values.put("checkpoint", folder.resolve("checkpoint").toString());
    values.put("space", request.space());
    if (used.contains("architectureFile")) {
      Path file = folder.resolve("architecture.json");
      Files.writeString(file, described(request) + "\n");
      values.put("architectureFile", file.toString());
    }
    if (used.contains("data")) {
      values.put("data", data.get().toString());
    }
    List<String> words = new ArrayList<>();
    for (String word : program.command()) {
      words.add(
          ProgramChecks.PLACEHOLDER
              .matcher(word)
              .replaceAll(
                  hit -> Matcher.quoteReplacement(values.getOrDefault(hit.group(1), hit.group()))));
    }
    return new ProgramCommand(words, ProgramEnvironment.of(program));
  }

  private static String described(TrainArchitecture request) {
    NetworkSettings network = Objects.requireNonNull(request.network());
    SearchSpace space = network.space();
    Architecture architecture = space.parse(request.architecture());
    var graph = space.graph(architecture);
    return CanonicalJson.of(
        new Described(
            request.space(),
            request.architecture(),
            graph.operators(),
            graph.kinds(),
            graph.edges().stream().map(edge -> new int[] {edge.source(), edge.target()}).toList(),
            network));
  }

  /**
   * @throws Lost if this machine does not have the program, or has another version than the launch
   */
  static void requireHere(OwnProgram program) {
    String name = program.command().getFirst();
    boolean inFolder = !Path.of(name).isAbsolute() && name.contains("/");
    if (!inFolder && Interpreter.find(name, ProgramEnvironment.of(program)).isEmpty()) {
      throw new Lost(
          "this worker's machine has no program %s (evaluation.command): install it there"
              .formatted(name));
    }
    if (Interpreter.find("setsid", ProgramEnvironment.of(program)).isEmpty()) {
      throw new Lost(
          "this worker's machine has no setsid (util-linux), without which no program is run: install it there");
    }
    if (!program.version().isEmpty()) {
      String here = Interpreter.version(name, ProgramEnvironment.of(program)).orElse("nothing");
      if (!here.equals(program.version())) {
        throw new Lost(
            "this worker's %s says %s, but the experiment was launched for %s: it waits for a worker that has it"
                .formatted(name, here, program.version()));
      }
    }
  }
}
