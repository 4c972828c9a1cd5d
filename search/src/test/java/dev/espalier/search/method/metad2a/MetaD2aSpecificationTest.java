package dev.espalier.search.method.metad2a;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.method.Specification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpaces;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A specification of MetaD2A")
class MetaD2aSpecificationTest {
  private static final String TABLE =
      "[{operator: nor_conv_3x3, milliseconds: 2}, {operator: nor_conv_1x1, milliseconds: 1}]";
  private static final String TWO_OF_EACH =
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_1x1~1|+|none~0|nor_conv_1x1~1|skip_connect~2|";

  @ParameterizedTest
  @CsvSource({
    "quick, fashion-mnist, 50, 4",
    "quick, cifar10, 500, 4",
    "published, mnist, 50, 1",
    "published, cifar100, 500, 30"
  })
  void generatesTenTimesAsManyForCifarAsPublished(
      String preset, String data, int candidates, int top) {
    MetaD2aSpecification specification =
        (MetaD2aSpecification)
            dev.espalier.search.specification.SpecificationReader.preset(
                "metad2a", preset, Map.of("data", data));
    assertThat(specification.search().candidates()).isEqualTo(candidates);
    assertThat(specification.search().top()).isEqualTo(top);
    assertThat(Json.read(specification.canonical(), Specification.class)).isEqualTo(specification);
  }

  @Test
  void limitsCostsAndLatencies() {
    MetaD2aSpecification free = MetaD2aSpecification.preset("quick", Map.of());
    assertThat(free.isAffordable(10).test(TWO_OF_EACH)).isTrue();
    long macs = free.cost(TWO_OF_EACH, 10).macs();
    assertThat(limited("budget.macs", Long.toString(macs)).test(TWO_OF_EACH)).isTrue();
    assertThat(limited("budget.macs", Long.toString(macs - 1)).test(TWO_OF_EACH)).isFalse();
    MetaD2aSpecification timed =
        MetaD2aSpecification.preset(
            "quick", Map.of("budget.latencyTable", TABLE, "budget.latency", "6"));
    Architecture architecture = timed.searchSpace().parse(TWO_OF_EACH);
    assertThat(timed.budget().latencyOf(architecture)).isEqualTo(6);
    assertThat(timed.isAffordable(10).test(TWO_OF_EACH)).isTrue();
    assertThat(limited("budget.latencyTable", TABLE, "budget.latency", "5.9").test(TWO_OF_EACH))
        .isFalse();
  }

  @Test
  void limitsMeasuredLatencies() {
    Map<String, String> sets =
        Map.of(
            "budget.latency", "6",
            "budget.latencies.table", "phones",
            "budget.latencies.device", "pixel");
    MetaD2aSpecification specification = MetaD2aSpecification.preset("quick", sets);
    assertThat(Json.read(specification.canonical(), Specification.class)).isEqualTo(specification);
    assertThat(specification.latencyImageSize()).isEqualTo(16);
    String other = SearchSpaces.named("nas-bench-201").random(RandomStream.of(1, "c")).canonical();
    for (double milliseconds : new double[] {5.9, 6.1}) {
      String csv = "arch,pixel\n\"%s\",%s\n".formatted(TWO_OF_EACH, milliseconds);
      LatencyTable table =
          LatencyTable.read(
              Input.of("phones", csv.getBytes(StandardCharsets.UTF_8)),
              specification.searchSpace(),
              "pixel");
      Predicate<String> affordable = specification.isAffordable(10, Optional.of(table));
      assertThat(affordable.test(TWO_OF_EACH)).isEqualTo(milliseconds < 6);
      assertThat(affordable.test(other)).as("of which the table knows nothing").isFalse();
    }
    assertThat(CanonicalJson.of(MetaD2aSpecification.preset("quick", Map.of()).budget()))
        .as("as before there were any")
        .isEqualTo(
            "{\"device\":\"any\",\"latency\":0,\"latencyTable\":[],\"macs\":0,\"parameters\":0}");
  }

  @Test
  void needsATableAndADeviceOfMeasuredLatencies() {
    Map<String, String> both =
        Map.of("budget.latencyTable", TABLE, "budget.latencies", "{table: phones, device: pixel}");
    assertThatThrownBy(() -> MetaD2aSpecification.preset("quick", both))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("budget.latencyTable and budget.latencies both say how long");
    assertThatThrownBy(
            () -> MetaD2aSpecification.preset("quick", Map.of("budget.latencies.table", "phones")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("budget.latencies.device is missing");
  }

  private static Predicate<String> limited(String... sets) {
    Map<String, String> all =
        sets.length == 2 ? Map.of(sets[0], sets[1]) : Map.of(sets[0], sets[1], sets[2], sets[3]);
    return MetaD2aSpecification.preset("quick", all).isAffordable(10);
  }

  @Test
  void drawsItsRandomBaselineWithinTheBudget() {
    MetaD2aSpecification specification =
        MetaD2aSpecification.preset(
            "quick", Map.of("budget.macs", "2000000", "search.random", "20"));
    assertThat(specification.draw(10))
        .hasSize(20)
        .doesNotHaveDuplicates()
        .allMatch(specification.isAffordable(10));
    assertThatThrownBy(
            () -> MetaD2aSpecification.preset("quick", Map.of("budget.macs", "1")).draw(10))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "budget: hardly any architecture of nas-bench-201 is within the limits (macs 1): raise");
  }

  @Test
  void tellsWhichLimitsNoArchitectureKeeps() {
    String skip = "|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|";
    MetaD2aSpecification free = MetaD2aSpecification.preset("quick", Map.of());
    assertThat(free.unreachable(10)).isEmpty();
    long macs = free.cost(skip, 10).macs();
    long parameters = free.cost(skip, 10).parameters();
    assertThat(unreachable(Map.of("budget.macs", Long.toString(macs)))).isEmpty();
    assertThat(
            unreachable(
                Map.of(
                    "budget.macs", Long.toString(macs - 1),
                    "budget.parameters", Long.toString(parameters - 1))))
        .containsExactly(
            "budget.macs is %,d, but the smallest has %,d of all architectures of nas-bench-201: raise it"
                .formatted(macs - 1, macs),
            "budget.parameters is %,d, but the smallest has %,d of all architectures of nas-bench-201: raise it"
                .formatted(parameters - 1, parameters));
    String each = "[{operator: skip_connect, milliseconds: 3}, {operator: none, milliseconds: 1}]";
    assertThat(unreachable(Map.of("budget.latencyTable", TABLE, "budget.latency", "0.5")))
        .as("what the table does not name takes nothing")
        .isEmpty();
    assertThat(unreachable(Map.of("budget.latencyTable", each, "budget.latency", "4")))
        .isEmpty(); // convolutions take nothing
    String all =
        "[{operator: skip_connect, milliseconds: 3}, {operator: none, milliseconds: 1},"
            + " {operator: nor_conv_1x1, milliseconds: 9}, {operator: nor_conv_3x3, milliseconds: 9},"
            + " {operator: avg_pool_3x3, milliseconds: 4}]";
    assertThat(unreachable(Map.of("budget.latencyTable", all, "budget.latency", "7.5")))
        .containsExactly(
            "budget.latency is 7.500 ms, but the fastest takes 8.000 ms of all architectures of "
                + "nas-bench-201: raise it");
  }

  private static List<String> unreachable(Map<String, String> sets) {
    return MetaD2aSpecification.preset("quick", sets).unreachable(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "search.most;10;search.most (10) is less than search.candidates (50)",
        "search.top;51;search.top (51) is more than search.candidates (50)",
        "budget.latency;3;budget.latency (3.0 ms) needs budget.latencyTable"
      })
  void namesWhatIsImpossibleTogether(String setting, String value, String problem) {
    assertThatThrownBy(() -> MetaD2aSpecification.preset("quick", Map.of(setting, value)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(problem);
  }

  @Test
  void tellsAnArchitectureThatHearsNothingOfTheInput() {
    MetaD2aSpecification specification = MetaD2aSpecification.preset("quick", Map.of());
    assertThat(carries(specification, TWO_OF_EACH)).isTrue();
    assertThat(
            carries(
                specification, "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|nor_conv_3x3~2|"))
        .isFalse();
    assertThat(carries(specification, "|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|"))
        .isTrue();
  }

  private static boolean carries(MetaD2aSpecification specification, String architecture) {
    return specification
        .searchSpace()
        .graph(specification.searchSpace().parse(architecture))
        .carries();
  }
}
