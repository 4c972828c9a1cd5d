package dev.espalier.search.space.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The space of parallel operations")
class ParallelSpaceTest {
  private static final ParallelSpace SPACE = ParallelSpace.PUBLISHED;

  static List<Long> seeds() {
    return LongStream.range(0, 100).boxed().toList();
  }

  @Test
  void hasAsManyArchitecturesAsPublished() {
    assertThat(SPACE.size()).isEqualTo(992_436_543L);
    assertThat(SPACE.shape().bits()).isEqualTo(30);
    assertThat(SPACE.shape().totalStride()).isEqualTo(8);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void writesAnArchitectureAsBitsTextAndJsonWithoutLoss(long seed) {
    ParallelArchitecture architecture = SPACE.random(RandomStream.of(seed, "parallel"));
    assertThat(SPACE.of(SPACE.bits(architecture))).isEqualTo(architecture);
    assertThat(SPACE.parse(architecture.canonical())).isEqualTo(architecture);
    assertThat(Json.read(Json.write(architecture), ParallelArchitecture.class))
        .isEqualTo(architecture);
  }

  @Test
  void readsAllPublishedNetworks() throws IOException {
    for (boolean[] bits : PublishedNetworks.bits()) {
      assertThat(SPACE.isLegal(bits)).isTrue();
      ParallelArchitecture architecture = SPACE.of(bits);
      assertThat(SPACE.bits(architecture)).isEqualTo(bits);
      assertThat(SPACE.parse(architecture.canonical())).isEqualTo(architecture);
    }
  }

  @Test
  void spellsAnArchitectureInOneWay() {
    assertThat(SPACE.parse(" sep3 + skip|dil5|sep7|sep5|dil3 ").canonical())
        .isEqualTo("skip+sep3|dil5|sep7|sep5|dil3");
    assertThat(SPACE.bits(SPACE.parse("skip+sep3|dil5|sep7|sep5|dil3")))
        .isEqualTo(bits("110000 000001 000100 001000 000010"));
  }

  private static boolean[] bits(String text) {
    String digits = text.replace(" ", "");
    boolean[] bits = new boolean[digits.length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = digits.charAt(i) == '1';
    }
    return bits;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void hasNeighboursThatDifferInOneBit(long seed) {
    ParallelArchitecture architecture = SPACE.random(RandomStream.of(seed, "parallel"));
    List<Architecture> neighbours = SPACE.neighbours(architecture);
    long single = architecture.layers().stream().filter(layer -> layer.size() == 1).count();
    assertThat(neighbours).doesNotHaveDuplicates().hasSize((int) (30 - single));
    boolean[] bits = SPACE.bits(architecture);
    for (Architecture neighbour : neighbours) {
      boolean[] other = SPACE.bits(SPACE.parse(neighbour.canonical()));
      int differences = 0;
      for (int i = 0; i < bits.length; i++) {
        differences += bits[i] == other[i] ? 0 : 1;
      }
      assertThat(differences).isEqualTo(1);
    }
  }

  @Test
  void drawsEveryNonEmptySubsetEquallyOften() {
    ParallelSpace small =
        new ParallelSpace(
            new MacroShape(
                4,
                List.of(new LayerShape(4, 1)),
                List.of(Operation.SKIP, Operation.SEPARABLE_3),
                4));
    RandomStream stream = RandomStream.of(0, "parallel");
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 3_000; i++) {
      counts.merge(small.random(stream).canonical(), 1, Integer::sum);
    }
    // Deviation about 26.
    assertThat(counts).containsOnlyKeys("sep3", "skip", "skip+sep3");
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(890, 1_110));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "skip|sep3|sep5|sep7; has 4 layers, but the networks of this space have 5",
        "skip|sep3|sep9|sep7|dil3; layer 3 of",
        "skip|sep3|sep9|sep7|dil3; Did you mean sep",
        "skip|sep3||sep7|dil3; layer 3 of",
        "skip+skip|sep3|sep5|sep7|dil3; names skip twice",
      })
  void saysWhatIsWrongWithAText(String text, String message) {
    assertThatThrownBy(() -> SPACE.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNotInIt() {
    assertThat(SPACE.isLegal(bits("110000 000000 000100 001000 000010"))).isFalse();
    assertThat(SPACE.isLegal(new boolean[29])).isFalse();
    assertThatThrownBy(() -> SPACE.of(bits("110000 000000 000100 001000 000010")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("layer 2 has no operation");
    assertThatThrownBy(() -> SPACE.of(new boolean[29]))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("30 bits, but 29");
    ParallelSpace without =
        new ParallelSpace(
            new MacroShape(4, List.of(new LayerShape(4, 1)), List.of(Operation.SKIP), 4));
    assertThatThrownBy(() -> without.parse("sep3"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("it has skip");
    assertThatThrownBy(() -> new ParallelArchitecture(List.of(Set.of())))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void hasShapesThatMakeSense() {
    assertThatThrownBy(() -> new LayerShape(16, 3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("stride 3");
    assertThatThrownBy(() -> new LayerShape(15, 2))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("two halves");
    assertThatThrownBy(() -> new MacroShape(4, List.of(), List.of(Operation.SKIP), 4))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() ->
            new MacroShape(
                4, List.of(new LayerShape(4, 1)), List.of(Operation.SKIP, Operation.SKIP), 4))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("once");
  }
}
