package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.NasBench201;
import org.junit.jupiter.api.Test;

class ArchitectureListTest {

  private static final String CELL = "|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|";

  @Test
  void skipsEmptyLinesAndComments() {
    assertThat(
            ArchitectureList.parse(
                NasBench201.SPACE, "cells.txt", "# three\n\n  " + CELL + "  \r\n\n#" + CELL + "\n"))
        .extracting(Architecture::canonical)
        .containsExactly(CELL);
  }

  @Test
  void namesEveryLineThatIsWrong() {
    assertThatThrownBy(() ->
            ArchitectureList.parse(
                NasBench201.SPACE, "cells.txt", "nonsense\n" + CELL + "\n|none~0|\n"))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            mistake ->
                assertThat(mistake.problems())
                    .hasSize(2)
                    .satisfiesExactly(
                        first -> assertThat(first).startsWith("cells.txt, line 1: "),
                        second -> assertThat(second).startsWith("cells.txt, line 3: ")));
  }

  @Test
  void aListWithoutAnArchitectureIsAMistake() {
    assertThatThrownBy(() -> ArchitectureList.parse(NasBench201.SPACE, "cells.txt", "# none\n"))
        .hasMessageContaining("cells.txt holds no architecture");
  }
}
