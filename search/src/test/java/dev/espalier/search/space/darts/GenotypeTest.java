package dev.espalier.search.space.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.darts.DartsCell.Gene;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A genotype")
class GenotypeTest {
  private static final Genotype DARTS_V2 = Genotype.parse(PublishedGenotypes.DARTS_V2);

  @Test
  void isParsedGeneByGene() {
    assertThat(DARTS_V2.normal().into(0))
        .containsExactly(
            new Gene(DartsOperator.SEP_CONV_3X3, 0), new Gene(DartsOperator.SEP_CONV_3X3, 1));
    assertThat(DARTS_V2.normal().into(3))
        .containsExactly(
            new Gene(DartsOperator.SKIP_CONNECT, 0), new Gene(DartsOperator.DIL_CONV_3X3, 2));
    assertThat(DARTS_V2.reduce().into(1))
        .containsExactly(
            new Gene(DartsOperator.MAX_POOL_3X3, 1), new Gene(DartsOperator.SKIP_CONNECT, 2));
  }

  @Test
  void hasOneSpellingForOneArchitecture() {
    String canonical =
        "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1),"
            + " ('skip_connect', 0), ('sep_conv_3x3', 1), ('skip_connect', 0), ('dil_conv_3x3', 2)],"
            + " normal_concat=range(2, 6), reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1),"
            + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 0), ('skip_connect', 2),"
            + " ('max_pool_3x3', 1), ('skip_connect', 2)], reduce_concat=range(2, 6))";
    assertThat(DARTS_V2.canonical()).isEqualTo(canonical);
    assertThat(Genotype.parse(canonical)).isEqualTo(DARTS_V2);
    String otherwise =
        " "
            + canonical
                .replaceAll("\\('(\\w+)', (\\d)\\)", "[ \"$1\",\n$2 ]")
                .replace("=[", "= [ ");
    assertThat(otherwise).contains("= [ [ \"sep_conv_3x3\",\n0 ], ");
    assertThat(Genotype.parse(otherwise)).isEqualTo(DARTS_V2);
    assertThat(Json.write(DARTS_V2)).isEqualTo("\"" + canonical + "\"");
    assertThat(Json.read(Json.write(DARTS_V2), Genotype.class)).isEqualTo(DARTS_V2);
  }

  @Test
  void ofThePublishedTableIsParsedAndPrintedWithoutLoss() throws IOException {
    List<String> table = PublishedGenotypes.table();
    Set<Genotype> different = new HashSet<>();
    for (String row : table) {
      Genotype genotype = Genotype.parse(row);
      assertThat(Genotype.parse(genotype.canonical())).isEqualTo(genotype);
      assertThat(genes(genotype.canonical())).containsExactlyInAnyOrderElementsOf(genes(row));
      different.add(genotype);
    }
    // The table's own README: 1,000 rows, 1,000 different cells.
    assertThat(table).hasSize(1_000);
    assertThat(different).hasSize(1_000);
  }

  private static List<String> genes(String genotype) {
    return List.of(genotype.replaceAll("[^']*('\\w+', \\d)[^']*", "$1;").split(";"));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource(
      delimiter = ';',
      value = {
        "'';position 1 expected \"Genotype\", but found the end",
        "Genotype(normal=[('sep_conv_3x3' 0);position 34 expected \",\" or \")\", but found \"0)\"",
        "Genotype(normal=[('skip_connect', 0), ('skip_connect', 1)];position 59 expected \",\" or \")\", but "
            + "found the end",
        "Genotype(normal=[('sep_conv_3x3;position 20 expected an operator and '",
        "Genotype(normal=[(;position 19 expected a list, a string in quotes or a number",
      })
  void namesThePositionOfAMistake(String text, String message) {
    assertThatThrownBy(() -> Genotype.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("not a genotype: at " + message);
  }

  @Test
  void namesTheOperatorThatWasMeant() {
    assertThatThrownBy(
            () -> Genotype.parse(DARTS_V2.canonical().replaceFirst("sep_conv_3x3", "sep_conv3x3")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith(
            "not a genotype of this space: at position 19: unknown operator \"sep_conv3x3\"")
        .hasMessageEndingWith("Did you mean sep_conv_3x3?");
  }

  @Test
  void concatenatesAllNodes() {
    assertThatThrownBy(() ->
            Genotype.parse(
                DARTS_V2
                    .canonical()
                    .replace("normal_concat=range(2, 6)", "normal_concat=[2, 4, 5]")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("normal_concat must be range(2, 6), the four nodes")
        .hasMessageContaining("but was [2, 4, 5]");
    assertThatThrownBy(() -> Genotype.parse(DARTS_V2.canonical() + "x"))
        .hasMessageContaining("expected the end, but found \"x\"");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void hasNeighboursThatDifferInOneGene(long seed) {
    Genotype genotype = DartsSpace.SPACE.random(RandomStream.of(seed, "genotype"));
    List<Genotype> neighbours = genotype.neighbours();
    // 16 genes with 6 other operators; 2, 4 and 6 other sources at the nodes 3, 4 and 5 of a cell.
    assertThat(neighbours).hasSize(16 * 6 + 2 * (2 + 4 + 6)).doesNotHaveDuplicates();
    assertThat(neighbours)
        .allSatisfy(neighbour -> assertThat(neighbour.neighbours()).contains(genotype));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void isDrawnFromTheWholeSpace(long seed) {
    RandomStream stream = RandomStream.of(seed, "genotypes");
    int[][] sources = new int[DartsCell.GENES][5];
    int[] operators = new int[DartsOperator.ALL.size()];
    int draws = 3_500;
    for (int draw = 0; draw < draws; draw++) {
      Genotype genotype = DartsSpace.SPACE.random(stream);
      assertThat(genotype.mask().architecture()).isEqualTo(genotype); // no source twice
      for (int place = 0; place < DartsCell.GENES; place++) {
        sources[place][genotype.reduce().genes().get(place).source()]++;
        operators[genotype.reduce().genes().get(place).operator().index()]++;
      }
    }
    assertThat(operators[0]).isZero();
    // 8 x 3,500 / 7 = 4,000 of each operator, deviation 59.
    assertThat(IntStream.of(operators).skip(1))
        .allSatisfy(n -> assertThat(n).isBetween(3_700, 4_300));
    // Node 5 reads two of five states: each 2 x 3,500 / 5 = 1,400 times, deviation 29.
    for (int source = 0; source < 5; source++) {
      assertThat(sources[6][source] + sources[7][source]).isBetween(1_250, 1_550);
    }
  }

  @Test
  void belongsToASpaceThatIsFoundByName() {
    assertThat(SearchSpaces.named("darts")).isEqualTo(DartsSpace.SPACE);
    // (1 x 3 x 6 x 10 x 49^4)^2: two of 2, 3, 4 and 5 states, two of seven operators, two cells.
    assertThat(DartsSpace.SPACE.size()).isEqualTo(1_037_664_180L * 1_037_664_180L);
    Architecture parsed = DartsSpace.SPACE.parse(PublishedGenotypes.DARTS_V2);
    assertThat(DartsSpace.SPACE.neighbours(parsed)).hasSize(120);
  }

  @Test
  void thatReadsAStateTwiceIsNoStateOfTheSupernet() {
    String twice = DARTS_V2.canonical().replaceFirst("'skip_connect', 0", "'max_pool_3x3', 1");
    Genotype genotype = Genotype.parse(twice);
    assertThatThrownBy(genotype::mask)
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("node 4 of the normal cell reads state 1 twice");
  }
}
