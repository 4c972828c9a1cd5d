package dev.espalier.search.space.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.space.Supernet.Rivals;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A DARTS supernet")
class DartsMaskTest {
  private static final DartsMask FULL = DartsSpace.SPACE.supernet(false);

  @Test
  void hasTheReferencesEdges() {
    // specs/te-nas.md 1.2: 0<-0, 0<-1, 1<-0, 1<-1, 1<-2, 2<-0..3, 3<-0..4.
    assertThat(DartsEdge.ALL)
        .hasToString(
            "[0<-0, 0<-1, 1<-0, 1<-1, 1<-2, 2<-0, 2<-1, 2<-2, 2<-3, 3<-0, 3<-1, 3<-2, 3<-3, 3<-4]");
    assertThat(DartsEdge.ALL)
        .allSatisfy(edge -> assertThat(DartsEdge.ALL.get(edge.index())).isEqualTo(edge));
    assertThat(FULL.edges()).isEqualTo(28);
    assertThat(FULL.edgeTitle(4)).isEqualTo("normal 2→3");
    assertThat(FULL.edgeTitle(27)).isEqualTo("reduce 4→5");
    assertThat(FULL.size()).isEqualTo(28 * 7);
    assertThat(DartsSpace.SPACE.supernet(true).size()).isEqualTo(28 * 8);
  }

  @Test
  void letsTheEdgesOfEachNodeCompete() {
    assertThat(FULL.rivals()).hasSize(8);
    assertThat(FULL.rivals().get(1)).isEqualTo(new Rivals(List.of(2, 3, 4), 2));
    assertThat(FULL.rivals().getLast()).isEqualTo(new Rivals(List.of(23, 24, 25, 26, 27), 2));
  }

  @Test
  void isPrintedShortAndParsedBack() {
    DartsMask pruned = FULL.without(27, "max_pool_3x3").without(0, "skip_connect");
    String cell = "fe.fe.fe.fe.fe.fe.fe.fe.fe.fe.fe.fe.fe.fe";
    assertThat(FULL.canonical()).isEqualTo("normal=%s;reduce=%s".formatted(cell, cell));
    assertThat(pruned.canonical()).startsWith("normal=fc.fe.").endsWith(".fe.7e");
    assertThat(Json.read(Json.write(pruned), Supernet.class)).isEqualTo(pruned);
    assertThat(Supernet.parse(pruned.canonical())).isEqualTo(pruned);
  }

  @Test
  void canLoseWholeEdgesUntilAGenotypeIsLeft() {
    Genotype genotype = Genotype.parse(PublishedGenotypes.DARTS_V2);
    assertThat(genotype.mask().architecture()).isEqualTo(genotype);
    DartsMask less = genotype.mask().without(0, "sep_conv_3x3");
    assertThat(less.labels(0)).isEmpty();
    assertThatThrownBy(less::architecture)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "not a genotype yet: node 2 of the normal cell has 1 operators, not 2");
    assertThatThrownBy(() -> less.without(0, "sep_conv_3x3"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("not active on edge normal 0→2");
  }

  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "normal:fe;at position 1 expected \"\"normal=\"\"",
        "normal=fe.f;at position 11 expected two hexadecimal digits",
        "normal=fe.fe,fe;at position 13 expected \"\".\"\"",
      })
  void namesThePositionOfAMistake(String text, String message) {
    assertThatThrownBy(() -> Supernet.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message.replace("\"\"", "\""));
  }
}
