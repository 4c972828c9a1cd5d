package dev.espalier.search.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.search.settings.OwnProgram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training program of one's own in a specification. */
final class ProgramChecksTest {
  private static final String COMMAND =
      "[python, train.py, --arch, '{architecture}', --epochs, '{epochs}', --json, '{\"a\": 1}']";

  private static List<String> problems(String method, String... settings) {
    return catchThrowableOfType(InvalidInput.class, () -> read(method, settings))
        .problems()
        .stream()
        .map(problem -> problem.replace("--set: ", ""))
        .toList();
  }

  private static Specification read(String method, String... settings) {
    Map<String, String> sets = new LinkedHashMap<>();
    if (method.equals("train")) {
      sets.put("architecture", "|skip_connect~0|+|none~0|none~1|+|none~0|none~1|skip_connect~2|");
    }
    for (int i = 0; i < settings.length; i += 2) {
      sets.put("evaluation." + settings[i], settings[i + 1]);
    }
    return SpecificationReader.read("method: " + method, sets);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gnn-evolution",
        "random",
        "neural-predictor",
        "metad2a",
        "metad2a-database",
        "te-nas",
        "train"
      })
  void isThereForEveryMethodThatTrainsAndNowhereInOnesThatHaveNone(String method) {
    TrainsNetworks specification =
        (TrainsNetworks)
            read(method, "command", COMMAND, "environment", "[B=2, A=1]", "memoryMegabytes", "512");
    OwnProgram own = specification.training().recipe().own();
    assertThat(own.command()).startsWith("python", "train.py").endsWith("{\"a\": 1}");
    assertThat(own.environment()).containsExactly("A=1", "B=2");
    assertThat(specification.protocol().has("command")).isTrue();
    assertThat(SpecificationReader.read(specification.canonical(), Map.of()))
        .isEqualTo(specification);

    TrainsNetworks builtIn = (TrainsNetworks) read(method);
    assertThat(builtIn.training().recipe().own()).isEqualTo(OwnProgram.NONE);
    for (String name : SpecificationSchema.of(Methods.named(method)).names("evaluation")) {
      if (!List.of("files", "program", "version", "metrics", "command", "environment")
          .contains(name)) {
        continue;
      }
      assertThat(builtIn.canonical()).doesNotContain("\"%s\"".formatted(name));
    }
    assertThat(builtIn.canonical()).doesNotContain("timeoutMinutes", "memoryMegabytes");
  }

  @Test
  void namesPlaceholdersThatThereAreNone() {
    assertThat(problems("random", "command", "[python, train.py, '{architectur}', '{space}']"))
        .singleElement()
        .asString()
        .startsWith(
            "evaluation.command: {architectur} is no placeholder: allowed are {architecture}, ")
        .endsWith("Did you mean {architecture}?");
    assertThat(problems("random", "command", "[python, train.py, '{seed}']"))
        .containsExactly(
            "evaluation.command does not say which architecture is to be trained: "
                + "add {architecture} or {architectureFile} to it.");
    assertThat(problems("random", "command", "[python, train.py, '{genotype}']"))
        .singleElement()
        .asString()
        .contains("{genotype} is for the space darts, but space is nas-bench-201");
  }

  @Test
  void namesWhatCannotGoTogether() {
    assertThat(problems("random", "files", "['*.py']", "timeoutMinutes", "3")).hasSize(2);
    assertThat(
            problems(
                "gnn-evolution", "command", "[a, '{architecture}']", "rungs", "2", "epochs", "8"))
        .singleElement()
        .asString()
        .startsWith("evaluation.command has no {epochs}, but evaluation.rungs (2)");
    assertThat(problems("random", "command", "[a, '{architecture}']", "metrics", "percents"))
        .singleElement()
        .asString()
        .contains("evaluation.metrics must be one of ratio, percent", "Did you mean percent?");
    assertThat(problems("random", "command", "[a, '{architecture}']", "environment", "[PATH]"))
        .hasSize(1);
  }
}
