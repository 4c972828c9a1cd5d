package dev.espalier.search.space.mobilenetv3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpaces;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A MobileNetV3 architecture")
class ElasticArchitectureTest {
  private static final List<Integer> KERNELS =
      List.of(7, 5, 3, 3, 3, 5, 7, 3, 5, 5, 3, 3, 3, 7, 3, 3, 7, 5, 3, 7);
  private static final List<Integer> EXPANSIONS =
      List.of(6, 4, 3, 3, 3, 4, 6, 3, 4, 4, 3, 3, 6, 6, 3, 3, 3, 4, 6, 6);
  private static final List<Integer> DEPTHS = List.of(2, 3, 2, 2, 4);
  private static final String STRING =
      "k7e6-k5e4|k3e3-k5e4-k7e6|k5e4-k5e4|k3e6-k7e6|k7e3-k5e4-k3e6-k7e6";
  private static final String KS = KERNELS.toString();
  private static final String E = EXPANSIONS.toString();
  private static final String D = DEPTHS.toString();

  /** What people paste. */
  private static List<String> spellings() {
    String row = "%s,%s,%s".formatted(hyphens(KERNELS), hyphens(EXPANSIONS), hyphens(DEPTHS));
    return List.of(
        STRING,
        "  " + STRING.toUpperCase(Locale.ROOT) + "\n",
        "\"" + STRING + "\",",
        STRING.replace("|", " | ").replace("-", " - "),
        "architecture = '" + STRING + "'",
        "{'ks': %s, 'e': %s, 'd': %s}".formatted(KS, E, D),
        "{\"ks\": %s, \"e\": %s, \"d\": %s}".formatted(KS, E, D),
        "{\"d\":%s,\"e\":%s,\"ks\":%s}".formatted(D, E, KS).replace(" ", ""),
        "{'wid': None, 'ks': %s, 'e': %s, 'd': %s, 'r': [224]}".formatted(KS, E, D),
        "{'wid': [None, None], 'ks': %s, 'e': %s, 'd': %s, 'r': 160},".formatted(KS, E, D),
        "{\"wid\": 1.0, \"ks\": %s, \"e\": %s, \"d\": %s, \"r\": 176}".formatted(KS, E, D),
        "{'ks': %s,\n 'e': %s,\n 'd': %s} # found".formatted(KS, E, D),
        "net = {'ks': %s, 'e': %s, 'd': %s}".formatted(KS, E, D),
        "dict(ks=%s, e=%s, d=%s)".formatted(KS, E, D),
        "ks=%s, e=%s, d=%s".formatted(KS, E, D),
        "ks: %s\ne: %s\nd: %s\n".formatted(KS, E, D),
        "{'ks': tensor(%s), 'e': array(%s), 'd': np.array(%s)}".formatted(KS, E, D),
        "{'ks': (%s), 'e': %s, 'd': %s}"
            .formatted(KS.substring(1, KS.length() - 1), E.replaceAll("(\\d)", "$1.0"), D),
        "{'arch': {'ks': %s, 'e': %s, 'd': %s}, 'top1': 76.1}".formatted(KS, E, D),
        row,
        row + ",204",
        "0," + row + ",204,12.08,15.1",
        row.replace(",", "\t"),
        row.replace(",", ";"));
  }

  private static String hyphens(List<Integer> numbers) {
    return numbers.toString().replaceAll("[\\[\\]]", "").replace(", ", "-");
  }

  @Test
  void isReadInTheSpellingsOfPublicPrograms() {
    for (String spelling : spellings()) {
      assertThat(ElasticArchitecture.parse(spelling).canonical()).as(spelling).isEqualTo(STRING);
      assertThat(SearchSpaces.recognising(spelling)).as(spelling).isSameAs(named());
    }
  }

  private static Object named() {
    return SearchSpaces.named(MobileNetV3.NAME);
  }

  @Test
  void takesOneNumberForAllSlots() {
    assertThat(ElasticArchitecture.parse("{'ks': 7, 'e': 6, 'd': 4}").blocks())
        .isEqualTo(Collections.nCopies(20, new ElasticBlock(7, 6)));
    assertThat(ElasticArchitecture.parse("ks=3, e=4, d=2").blocks())
        .isEqualTo(Collections.nCopies(10, new ElasticBlock(3, 4)));
  }

  @Test
  void isTheSameWhateverACodingSaysBeyondTheDepth() {
    ElasticArchitecture one = new ElasticSlots(KERNELS, EXPANSIONS, DEPTHS).architecture();
    List<Integer> other = new ArrayList<>(KERNELS);
    other.set(2, 7); // third slot of a stage of depth 2
    other.set(15, 5); // fourth slot of a stage of depth 2
    assertThat(new ElasticSlots(other, EXPANSIONS, DEPTHS).architecture()).isEqualTo(one);
    other.set(1, 3); // second slot
    assertThat(new ElasticSlots(other, EXPANSIONS, DEPTHS).architecture()).isNotEqualTo(one);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void comesBackFromItsCodingAndItsJson(long seed) {
    ElasticArchitecture drawn = MobileNetV3.SPACE.random(RandomStream.of(seed, "coding"));
    assertThat(drawn.slots().architecture()).isEqualTo(drawn);
    assertThat(Json.read(Json.write(drawn), ElasticArchitecture.class)).isEqualTo(drawn);
    for (int stage = 0; stage < 5; stage++) {
      for (int slot = drawn.depth(stage); slot < 4; slot++) {
        assertThat(drawn.slots().kernels().get(4 * stage + slot)).isEqualTo(3);
        assertThat(drawn.slots().expansions().get(4 * stage + slot)).isEqualTo(3);
      }
    }
  }

  @Test
  void isOneOfSoMany() {
    // (9^2 + 9^3 + 9^4)^5, of about 2e19 that Cai et al. (ICLR 2020) speak of
    assertThat(MobileNetV3.SPACE.exactSize())
        .isEqualTo(BigInteger.valueOf(7371).pow(5))
        .isGreaterThan(BigInteger.valueOf(Long.MAX_VALUE));
    assertThat(MobileNetV3.SPACE.size()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void isDrawnWithDepthsAsOftenAsTheyHaveNetworks() {
    RandomStream stream = RandomStream.of(3, "depths");
    int[] drawn = new int[5];
    int[] blocks = new int[9];
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      ElasticArchitecture each = MobileNetV3.SPACE.random(stream);
      drawn[each.depth(i % 5)]++;
      blocks[each.stages().get(i % 5).get(i % 2).index()]++;
    }
    assertThat(drawn[2]).isBetween(160, 285); // 81 / 7371 of 20,000 = 220
    assertThat(drawn[3]).isBetween(1_800, 2_160); // 729 / 7371 = 1,978
    assertThat(drawn[4]).isEqualTo(draws - drawn[2] - drawn[3]);
    assertThat(Arrays.stream(blocks).min().orElseThrow()).isGreaterThan(2_000); // of 2,222
    assertThat(Arrays.stream(blocks).max().orElseThrow()).isLessThan(2_450);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "k3e3-k3e3|k3e3-k3e3|k3e3-k3e3|k3e3-k3e3; expected 5 stages with | between them, but found 4",
        "k3e3|k3e3-k3e3|k3e3-k3e3|k3e3-k3e3|k3e3-k3e3; stage 1 has 1 blocks: allowed are 2, 3 or 4",
        "k3e3-k9e3|k3e3-k3e3|k3e3-k3e3|k3e3-k3e3|k3e3-k3e3; stage 1, block 2: unknown block \"k9e3\": allowed",
        "{'ks': [3, 5], 'e': 6, 'd': 4}; ks has 2 numbers, but a network has 20 slots",
        "{'ks': 3, 'e': 6, 'd': [0, 1, 2, 2, 2]}; d has 0 for stage 1: allowed are 2, 3, 4",
        "{'ks': 3, 'e': 5, 'd': 2}; e has 5 for slot 1: allowed are 3, 4, 6",
        "{'ks': 3, 'e': 6}; d is missing",
        "{'ks': 3, 'e': 6, 'd': 4, 'w': 1}; unknown key \"w\": allowed are ks, e, d, wid, r.",
        "{'ks': 3, 'e': 6, 'd': 4, 'wid': 1.2}; wid must be None or 1.0: the width is a setting of the network",
        "{'ks': 3, 'e': 6, 'd': 4; at position 25 expected \",\" or \"}\"",
        "{'ks': [], 'e': 6, 'd': 4}; at position 8 expected a list of 20 numbers for ks",
        "{'ks': 3.5, 'e': 6, 'd': 4}; at position 8 expected a list of 20 numbers for ks",
        "3-5-7,3-4-6; expected three lists with hyphens between their numbers",
        "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|; "
            + "not a MobileNetV3 network, but a cell of NAS-Bench-201",
        "skip|sep3|sep5|sep7|dil3; not a MobileNetV3 network, but layers of parallel operations"
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> ElasticArchitecture.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(() -> new ElasticSlots(List.of(3), List.of(6, 7), List.of(2, 2, 2, 2, 5)))
        .isInstanceOfSatisfying(
            InvalidInput.class, wrong -> assertThat(wrong.problems()).hasSize(4));
  }

  /** Nothing but a refusal, however long a text is. */
  @ParameterizedTest(name = "{0} and so on")
  @ValueSource(strings = {"1-", "1 ", "1, ", "'e':", "[", "{'ks':", "k3e3-", "ks=", "k3e3|"})
  void isNotReadOutOfLongTexts(String piece) {
    for (String end : List.of("", "\n", "\n-")) {
      assertThatThrownBy(() -> ElasticArchitecture.parse(piece.repeat(20_000) + end))
          .isInstanceOf(InvalidInput.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "ofa_network.set_active_subnet(ks=7, e=6, d=4)",
        "net.set_active_subnet({'ks': [7] * 20, 'e': [6] * 20, 'd': [4] * 5})",
        "OrderedDict([('ks', [7]*20), ('e', [6]*20), ('d', [4]*5)])",
        "OrderedDict({'ks': [7] * 4 + [7] * 16, 'e': 6, 'd': [4] + [4, 4] * 2})",
        "{‘ks’: 7, ‘e’: 6, ‘d’: 4}",
        "{'ks': [7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7], 'e': 6, 'd': [4 4 4 4 4]} // the largest",
      })
  void isReadAsProgramsCallIt(String text) {
    assertThat(ElasticArchitecture.parse(text))
        .isEqualTo(ElasticArchitecture.parse("{'ks': 7, 'e': 6, 'd': 4}"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "{'d': [2, 0, 1, 2, 0], 'e': [0.2, 0.25], 'w': [0, 1]}; but a network of Once-for-All's ResNet-50",
        "{'ks': [7] * 2000, 'e': 6, 'd': 4}; expected how often the list is meant, but found",
        "{'ks': [7] * 900 + [7] * 900, 'e': 6, 'd': 4}; expected a list of 1000 values at most",
        "OrderedDict([('ks', 7, 1)]); at position 14 expected a pair of a name and a value",
      })
  void isRefusedByWhatItIs(String text, String message) {
    assertThatThrownBy(() -> ElasticArchitecture.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }
}
