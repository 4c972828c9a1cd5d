package dev.espalier.search.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.space.parallel.MacroShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A space in a file of its own")
class OwnSpaceTest {
  private static final String METHOD = "method: gnn-evolution\n";

  private static EvolutionSpecification read(String space, Map<String, String> sets) {
    return (EvolutionSpecification)
        SpecificationReader.read("", METHOD, new PartFile("network", "mine.yaml", space), sets);
  }

  private static List<String> problems(String method, String space, Map<String, String> sets) {
    PartFile part = new PartFile("network", "mine.yaml", space);
    InvalidInput invalid =
        catchThrowableOfType(
            InvalidInput.class,
            () -> SpecificationReader.read("", "method: " + method, part, sets));
    assertThat(invalid).as("no problem was found").isNotNull();
    return invalid.problems();
  }

  @Test
  void givesWhatItSaysAndLeavesTheRestToThePreset() {
    EvolutionSpecification given =
        read("stem: 8\noperations: [skip, sep3]\n", Map.of("network.tail", "32"));

    assertThat(((MacroShape) given.network()).stem()).isEqualTo(8);
    assertThat(((MacroShape) given.network()).operations()).hasSize(2);
    assertThat(((MacroShape) given.network()).layers()).hasSize(5);
    assertThat(((MacroShape) given.network()).tail()).as("--set wins over the file").isEqualTo(32);
  }

  @Test
  void isAsGoodAsTheSameTextUnderItsSetting() {
    String space = "stem: 8\noperations: [skip, sep3]\n";

    assertThat(
            SpecificationReader.read(
                METHOD, Map.of("network.tail", "32", "network", space, "seed", "3")))
        .isEqualTo(read(space, Map.of("seed", "3", "network.tail", "32")));
  }

  @Test
  void isCorrectedByFileAndLine() {
    assertThat(
            problems(
                "gnn-evolution",
                """
                # mine
                stem: 8
                layers:
                  - {channels: 8, stride: 1}
                  - channels: 16
                    stride: 3
                operations: [skip,
                  sep9]
                tall: 64
                """,
                Map.of("network.tail", "many")))
        .containsExactlyInAnyOrder(
            "mine.yaml, line 6: network.layers.1.stride must be between 1 and 2, but was 3. "
                + "Use 2, the published setting.",
            "mine.yaml, line 8: network.operations.1 must be one of skip, sep3, sep5, sep7, dil3, "
                + "dil5, but was \"sep9\". Did you mean sep3?",
            "mine.yaml, line 9: network.tall is not a setting: "
                + "allowed in network are stem, layers, operations, tail. Did you mean network.tail?",
            "--set: network.tail must be between 1 and 8192, but was \"many\". Use 1280, the published setting.");
  }

  @Test
  void isCorrectedByFileAndLineWhereItDoesNotFitTogether() {
    assertThat(
            problems("gnn-evolution", "stem: 8\nlayers:\n  - {channels: 7, stride: 2}\n", Map.of()))
        .containsExactly(
            "mine.yaml, line 2: network.layers: a layer of stride 2 needs an even number of channels, but one has 7.");
  }

  @ParameterizedTest
  @CsvSource({
    "'stem: 8\nlayers: [\n', 'mine.yaml: not readable as YAML at line 2, column 10'",
    "'stem: 8\nstem: 9\n', 'mine.yaml: not readable as YAML at line 2'",
    "'{\"stem\": 8,}', 'mine.yaml: not readable as JSON at line 1'",
    "'- a\n- b\n', 'mine.yaml: a file for network is a list of settings (stem, layers, operations, "
        + "tail), but this is a list'",
    "'', 'mine.yaml: a file for network is a list of settings (stem, layers, operations, tail), but this is empty'"
  })
  void isNamedWhereItCannotBeRead(String space, String problem) {
    assertThat(problems("gnn-evolution", space, Map.of()))
        .singleElement()
        .asString()
        .startsWith(problem);
  }

  @Test
  void isRefusedByAMethodWhoseSpaceIsFixed() {
    assertThat(problems("te-nas", "stem: 8\n", Map.of()))
        .singleElement()
        .asString()
        .startsWith(
            "mine.yaml: the space of te-nas is fixed, so no file can give one. "
                + "Leave the file out, or use gnn-evolution or train");
  }
}
