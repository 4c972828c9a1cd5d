package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.mobilenetv3.MobileNetV3;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static final String GENES =
      String.join(", ", Collections.nCopies(4, "('sep_conv_3x3', 0), ('skip_connect', 1)"));

  private static final String GENOTYPE =
      "Genotype(normal=[%s], normal_concat=range(2, 6), reduce=[%s], reduce_concat=range(2, 6))"
          .formatted(GENES, GENES);

  @Test
  void readsAProgramsFileOfGenotypes() {
    String file =
        """
        from collections import namedtuple

        Genotype = namedtuple('Genotype', 'normal normal_concat reduce reduce_concat')

        PRIMITIVES = [
            'none',
            'skip_connect'
        ]

        # found on a Monday
        FIRST = %s
        SECOND = %s
        BEST = FIRST
        """
            .formatted(GENOTYPE, GENOTYPE.replace(", ", ",\n    "));
    ArchitectureList.Listed listed =
        ArchitectureList.listed(DartsSpace.SPACE, "genotypes.py", file);
    assertThat(listed.architectures())
        .hasSize(2)
        .allMatch(each -> each.equals(DartsSpace.SPACE.parse(GENOTYPE)));
    assertThat(listed.remark())
        .startsWith("2 architectures; left out, as no architecture: lines 1, 3, 5, ");
  }

  @Test
  void readsAListOfStrings() {
    assertThat(
            ArchitectureList.parse(
                NasBench201.SPACE,
                "cells.json",
                "[\n  \"%s\",\n  \"%s\"\n]\n".formatted(CELL, CELL)))
        .hasSize(2);
    assertThat(
            ArchitectureList.parse(
                DartsSpace.SPACE, "a.py", "ALL = [%s,\n %s]".formatted(GENOTYPE, GENOTYPE)))
        .hasSize(2);
  }

  @Test
  void namesTheLineOfAGenotypeThatIsNotClosed() {
    assertThatThrownBy(() ->
            ArchitectureList.parse(
                DartsSpace.SPACE,
                "a.py",
                "A = %s\nB = %s\n"
                    .formatted(GENOTYPE.substring(0, GENOTYPE.length() - 1), GENOTYPE)))
        .hasMessageStartingWith("a.py, line 1: not a genotype: ")
        .hasMessageContaining("but found the end");
  }

  @Test
  void readsCellsByIndexUnderAHeading() {
    assertThat(ArchitectureList.parse(NasBench201.SPACE, "ids.txt", "architecture\n17\n9930\n"))
        .containsExactly(Cell.ofIndex(17), Cell.ofIndex(9_930));
  }

  @Test
  void readsWhatAnEditorMarked(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("cells.txt");
    Files.write(file, ("\uFEFF" + CELL + "\r\n").getBytes(StandardCharsets.UTF_16LE));
    assertThat(
            ArchitectureList.read(NasBench201.SPACE, file.toString(), InputStream.nullInputStream())
                .architectures())
        .extracting(Architecture::canonical)
        .containsExactly(CELL);
  }

  @Test
  void readsAColumnOfATable() {
    assertThat(
            ArchitectureList.parse(
                NasBench201.SPACE,
                "best.csv",
                "index,arch,cifar10 test (%%)\n3,%s,91.2\n4,17,90\n".formatted(CELL)))
        .containsExactly(Cell.parse(CELL), Cell.ofIndex(17));
    assertThat(
            ArchitectureList.parse(
                DartsSpace.SPACE,
                "best.csv",
                "accuracy;\"genotype\"\n97,1;\"%s\"\n".formatted(GENOTYPE)))
        .containsExactly(DartsSpace.SPACE.parse(GENOTYPE));
    assertThatThrownBy(() ->
            ArchitectureList.parse(
                NasBench201.SPACE, "best.csv", "arch,accuracy\n17,91\nrubbish,90\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("best.csv, line 3: not a NAS-Bench-201 cell");
  }

  @Test
  void readsAFieldOfLinesOfJson() {
    assertThat(
            ArchitectureList.parse(
                NasBench201.SPACE,
                "found.jsonl",
                "{\"arch\": \"%s\", \"acc\": 91.2}\n{\"architecture\": [4, 3, 3, 0, 0, 0]}\n"
                    .formatted(CELL)))
        .containsExactly(Cell.parse(CELL), Cell.parse("(4, 3, 3, 0, 0, 0)"));
  }

  @Test
  void readsAProgramsListOfCodings() {
    assertThat(
            ArchitectureList.parse(
                MobileNetV3.SPACE,
                "nets.py",
                """
                nets = [
                  {'ks': [7] * 20, 'e': [6] * 20, 'd': [4] * 5},
                  {'ks': 3, 'e': 3, 'd': 2},
                ]
                """))
        .containsExactly(
            MobileNetV3.SPACE.parse("{'ks': 7, 'e': 6, 'd': 4}"),
            MobileNetV3.SPACE.parse("{'ks': 3, 'e': 3, 'd': 2}"));
  }
}
