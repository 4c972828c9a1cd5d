package dev.espalier.search.trainings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.SharedData;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SplitsTest {
  private static final int CELLS = 423_624;

  private static final Splits FULL = new Splits(CELLS, row -> row % 2 == 0 ? 0.92 : 0.85);

  private static Splits mini() {
    TrainingTable table = MiniTable.read();
    TrainingQuery query = TrainingQuery.validation(108);
    return new Splits(table.size(), row -> table.value(row, 0, query), 8, 12, 20);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"172", "334", "860"})
  void random_splits_of_the_full_table_are_the_published_ones(String name) throws IOException {
    JsonNode golden =
        Json.read(
            Files.readString(SharedData.file("golden/neuralpredictor/splits_423624.json")),
            JsonNode.class);
    int[] expected = Json.read(golden.get("splits").get(name).toString(), int[].class);
    assertThat(expected).hasSize(Integer.parseInt(name));
    assertThat(FULL.named(name).indices()).containsExactly(expected);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"8", "12", "20", "91-8", "91-12", "91-20", "denoise-91", "denoise-80"})
  void splits_of_the_mini_table_are_the_published_ones(String name) throws IOException {
    int[] expected =
        Arrays.stream(MiniTable.array("mini_table_splits.npz", name))
            .mapToInt(i -> (int) i)
            .toArray();
    assertThat(mini().named(name).indices()).containsExactly(expected);
  }

  @Test
  void all_is_every_row_in_its_order() {
    assertThat(mini().named("all").indices()).containsExactly(IntStream.range(0, 48).toArray());
  }

  @Test
  void a_seed_of_0_begins_as_the_first_published_split_and_another_seed_otherwise() {
    int[] published = Arrays.copyOf(FULL.named("172").indices(), 78);
    assertThat(FULL.named("78-seed-0").indices()).containsExactly(published);
    assertThat(FULL.named("78-seed-5").indices())
        .isNotEqualTo(published)
        .containsExactly(FULL.drawn(78, 5).indices());
  }

  /** numpy.random.RandomState(seed).permutation(1000)[:5] of NumPy 2. */
  @ParameterizedTest(name = "seed {0}")
  @CsvSource({
    "1,507;818;452;368;242",
    "12345,144;833;270;468;962",
    "2147483647,660;903;939;278;779"
  })
  void seeds_draw_as_numpy_does(long seed, String first) {
    int[] expected = Arrays.stream(first.split(";")).mapToInt(Integer::parseInt).toArray();
    assertThat(new Splits(1000, row -> 0).drawn(5, seed).indices()).containsExactly(expected);
  }

  @Test
  void a_digest_is_that_of_the_rows_and_their_order_not_of_the_name() {
    Split drawn = FULL.named("172-seed-0");
    assertThat(drawn.digest())
        .isEqualTo(FULL.named("172").digest())
        .isNotEqualTo(FULL.named("334").digest())
        .isNotEqualTo(new Splits(CELLS + 1, row -> 0).named("172-seed-0").digest());
    int[] sorted = Arrays.stream(drawn.indices()).sorted().toArray();
    assertThat(new Split("172", CELLS, sorted).digest()).isNotEqualTo(drawn.digest());
  }

  @Test
  void rows_that_were_learned_from_can_be_left_out() {
    Split learned = mini().named("20");
    Split rest = mini().named("denoise-80").without(learned);
    assertThat(rest.name()).isEqualTo("denoise-80-without-20");
    assertThat(rest.shared(learned)).isZero();
    assertThat(rest.size() + mini().named("denoise-80").shared(learned))
        .isEqualTo(mini().named("denoise-80").size());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "173      | there is no split \"173\": allowed are 172, 334, 860, 91-172",
        "denoise90| Did you mean denoise-80?",
        "860      | split 860 takes 860 rows, but the table has 48: give a size between 1 and 48",
        "91-334   | split 334 takes 334 rows, but the table has 48",
        "0-seed-1 | split 0-seed-1 takes 0 rows",
        "9-seed-2147483648 | a split's seed must be between 0 and 2147483647, but was 2147483648",
      })
  void what_cannot_be_drawn_is_said_with_what_can(String name, String message) {
    assertThatThrownBy(() -> new Splits(48, row -> 0.9).named(name))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void names_can_be_checked_before_there_is_a_table() {
    Splits.names().forEach(Splits::checkName);
    Splits.checkName("78-seed-5");
    assertThatThrownBy(() -> Splits.checkName("91"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("there is no split \"91\"");
  }
}
