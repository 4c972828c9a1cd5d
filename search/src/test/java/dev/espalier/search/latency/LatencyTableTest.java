package dev.espalier.search.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.SharedData;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.TimedSpace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A table of latencies")
class LatencyTableTest {
  private static final TimedSpace SPACE = (TimedSpace) SearchSpaces.named("mobilenet-v3");
  private static final SearchSpace CELLS = SearchSpaces.named("nas-bench-201");
  private static final String ONE = "k3e3-k3e3|k3e3-k3e3|k3e3-k3e3|k3e3-k3e3|k3e3-k3e3";
  private static final String KS = "3-3-7-7-3-3-7-7-3-3-7-7-3-3-7-7-3-3-7-7";
  private static final String OTHER_KS = "3-3-5-5-3-3-7-7-3-3-7-7-3-3-7-7-3-3-7-7";
  private static final String E = "3-3-6-6-3-3-6-6-3-3-6-6-3-3-6-6-3-3-6-6";

  private static Input csv(String... lines) {
    return Input.of(
        "times.csv", (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void hasWhatWasMeasured() {
    LatencyTable table =
        LatencyTable.read(
            csv(
                "index,ks,e,d,r,phone,gpu_1",
                "0,%s,%s,2-2-2-2-2,160,7.5,1".formatted(KS, E),
                "1,%s,%s,2-2-2-2-2,160,8.5,1".formatted(OTHER_KS, E), // the same network
                "2,%s,%s,3-2-2-2-2,224,20,2".formatted(KS, E)),
            SPACE,
            "phone");
    assertThat(table.of(SPACE.parse(ONE), 160))
        .contains(new LatencyTable.Latency(8, true)); // the mean of both
    assertThat(table.of(SPACE.parse(ONE), 224)).isEmpty(); // too few rows to estimate
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.accuracy()).isEmpty();
  }

  /** By made-up times of its blocks, some of which no device could have. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void saysTheLeastThatAnyNetworkTakes(long seed) {
    RandomStream costs = RandomStream.of(seed, "least", "costs");
    double[] parts = new double[SPACE.timedParts()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = costs.nextDouble() - 0.3;
    }
    RandomStream stream = RandomStream.of(seed, "least", "networks");
    List<String> lines = new ArrayList<>(List.of("architecture,r,phone"));
    for (int i = 0; i < 400; i++) {
      Architecture network = SPACE.random(stream);
      double[] has = SPACE.timedParts(network, 160);
      double sum = 9; // a long time, so that none is below zero
      for (int part = 0; part < has.length; part++) {
        sum += has[part] * parts[part];
      }
      lines.add("%s,160,%s".formatted(network.canonical(), sum));
    }
    LatencyTable table = LatencyTable.read(csv(lines.toArray(String[]::new)), SPACE, "phone");
    double least = table.least(160).orElseThrow();
    double fastest = Double.MAX_VALUE;
    Architecture at = SPACE.random(stream);
    for (boolean faster = true; faster; ) { // from neighbour to neighbour
      faster = false;
      for (Architecture next : SPACE.neighbours(at)) {
        double millis = table.of(next, 160).orElseThrow().millis();
        if (millis < fastest) {
          fastest = millis;
          at = next;
          faster = true;
        }
      }
    }
    assertThat(least)
        .isBetween(0.97 * fastest, fastest + 1e-9); // the walk may end at a local minimum
  }

  @Test
  void saysTheLeastOfWhatWasMeasuredWhereItEstimatesNothing() {
    LatencyTable table =
        LatencyTable.read(
            csv("architecture,r,phone", ONE + ",160,8", ONE + ",224,4"), SPACE, "phone");
    assertThat(table.least(160)).hasValue(8);
    assertThat(table.least(224)).hasValue(4);
    assertThat(table.least(192)).isEmpty();
  }

  @Test
  void isAFileOfWhicheverSpaceItsNetworksAreWithAllItsDevices() {
    LatencyFile networks =
        LatencyFile.read(
            csv(
                "index,ks,e,d,r,phone,gpu_1",
                "0,%s,%s,2-2-2-2-2,160,7.5,1".formatted(KS, E),
                "1,%s,%s,2-2-2-2-2,160,8.5,1".formatted(OTHER_KS, E), // the same network
                "2,%s,%s,3-2-2-2-2,224,20,2".formatted(KS, E)));
    assertThat(networks.space()).isEqualTo(SPACE);
    assertThat(networks.devices()).containsExactly("phone", "gpu_1");
    assertThat(networks.networks()).isEqualTo(2);
    LatencyTable phone = LatencyTable.read(csv(networks.csv()), networks.space(), "phone");
    assertThat(phone.of(SPACE.parse(ONE), 160)).contains(new LatencyTable.Latency(8, true));
    assertThat(phone.imageSizes()).containsExactly(160, 224);
    String cell = CELLS.random(RandomStream.of(1, "cell")).canonical();
    String[] cells = {"arch,raspi4", "\"" + cell + "\",10.5"};
    assertThat(LatencyFile.read(csv(cells)).space()).isEqualTo(CELLS);
    assertThat(LatencyTable.read(csv(cells), CELLS, "raspi4").imageSizes()).isEmpty();
  }

  @Test
  void isRefusedAsAFileForTheFirstThingThatIsWrongOnAnyDevice() {
    String row = "%s,%s,2-2-2-2-2,160,".formatted(KS, E);
    assertThatThrownBy(() -> LatencyFile.read(csv("ks,e,d,r,phone,gpu", row + "7,soon")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("gpu: \"soon\" is not a number");
    assertThatThrownBy(() -> LatencyFile.read(csv("arch,phone", "transformer,7")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("1 of 1 rows are no architectures of the space parallel-ops");
    assertThatThrownBy(() -> LatencyFile.read(csv("ks,e,d,r", row)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("there is no column of a device");
    assertThatThrownBy(() -> LatencyFile.read(csv("ops,phone", "0-1-2,7")))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("times.csv: there is no column architecture, nor the columns ks, e and d");
    assertThatThrownBy(() -> LatencyFile.read(csv("arch,phone")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("there is no row");
  }

  @Test
  void isOfAnySpaceAndNeedsNoSizes() {
    String cell = CELLS.random(RandomStream.of(1, "cell")).canonical();
    LatencyTable table =
        LatencyTable.read(csv("arch,raspi4", "\"" + cell + "\",10.5"), CELLS, "raspi4");
    assertThat(table.of(CELLS.parse(cell), 32)).contains(new LatencyTable.Latency(10.5, true));
    assertThat(table.of(CELLS.random(RandomStream.of(2, "cell")), 32)).isEmpty();
  }

  /** Times that are sums of parts come out as they were made. */
  @Test
  void estimatesNetworksThatWereNotMeasured() {
    RandomStream stream = RandomStream.of(5, "latencies");
    double[] costs = new double[SPACE.timedParts()];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = 1 + stream.nextDouble();
    }
    StringBuilder rows = new StringBuilder("architecture,r,phone\n");
    for (int i = 0; i < 1500; i++) {
      Architecture each = SPACE.random(stream);
      int size = 128 + 4 * stream.nextInt(25);
      rows.append(
          String.format(
              Locale.ROOT, "%s,%d,%.6f%n", each.canonical(), size, time(costs, each, size)));
    }
    LatencyTable table =
        LatencyTable.read(
            Input.of("times.csv", rows.toString().getBytes(StandardCharsets.UTF_8)),
            SPACE,
            "phone");
    for (int i = 0; i < 20; i++) {
      Architecture each = SPACE.random(stream);
      LatencyTable.Latency latency = table.of(each, 192).orElseThrow();
      assertThat(latency.isMeasured()).isFalse();
      assertThat(latency.millis())
          .isCloseTo(time(costs, each, 192), within(0.002 * latency.millis()));
    }
    assertThat(table.accuracy().orElseThrow().relativeError()).isLessThan(0.002);
    assertThat(table.accuracy().orElseThrow().kendallTau()).isGreaterThan(0.98);
  }

  private static double time(double[] costs, Architecture architecture, int size) {
    double[] parts = SPACE.timedParts(architecture, size);
    double sum = 0;
    for (int i = 0; i < costs.length; i++) {
      sum += costs[i] * parts[i];
    }
    return sum;
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '!',
      value = {
        "ks,e,d,phone ! 3-3,3,2,5 ! phone ! "
            + "1 of 1 rows are no architectures of the space mobilenet-v3: times.csv: row 2",
        "arch,phone ! |none~0|+|none~0|none~1|+|none~0|none~1|none~2|,5 ! phone ! "
            + "not a MobileNetV3 network, but a cell of",
        "ops,phone ! 1-2-3,5 ! phone ! there is no column architecture, nor the columns ks, e and d",
        "arch,phone ! k3e3,x ! tablet ! times.csv has no device \"tablet\": it has phone.",
        "arch,index ! k3e3,1 ! phone ! times.csv: there is no column of a device"
      })
  void refusesWhatIsNone(String header, String row, String device, String message) {
    assertThatThrownBy(() -> LatencyTable.read(csv(header, row), SPACE, device))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void saysWhichTimesAreNone() {
    assertThatThrownBy(() ->
            LatencyTable.read(
                csv("arch,phone", ONE + ",fast", ONE + ",-1", ONE + ",NaN"), SPACE, "phone"))
        .isInstanceOfSatisfying(
            InvalidInput.class, wrong -> assertThat(wrong.problems()).hasSize(3));
  }

  @Test
  void hasADigestOfWhatWasMeasuredWhateverTheFileLookedLike() {
    LatencyTable one = LatencyTable.read(csv("arch,a,b", ONE + ",1,2"), SPACE, "a");
    LatencyTable other = LatencyTable.read(csv("b;a;architecture", "7;1.0;" + ONE), SPACE, "a");
    LatencyTable third = LatencyTable.read(csv("arch,a,b", ONE + ",1,1"), SPACE, "b");
    assertThat(other.digest()).isEqualTo(one.digest());
    assertThat(third.digest()).isNotEqualTo(one.digest());
  }

  /** 5,000 networks of Once-for-All on 12 devices (Lee et al., HELP, NeurIPS 2021). */
  @Test
  void estimatesThePublishedMeasurements() {
    Path file = SharedData.file("data/help-latency/ofa_mobilenetv3_latency.csv.gz");
    assertThat(LatencyTable.devices(Input.of(file))).hasSize(12).contains("titan_rtx_64");
    LatencyTable table = LatencyTable.read(Input.of(file), SPACE, "titan_rtx_64");
    assertThat(table.size()).isBetween(4_990, 5_000);
    assertThat(table.accuracy().orElseThrow().relativeError()).isLessThan(0.03);
    assertThat(table.accuracy().orElseThrow().kendallTau()).isGreaterThan(0.95);
    List<String> devices = LatencyTable.devices(Input.of(file));
    assertThat(devices).doesNotContain("index", "ks", "r");
  }

  /** Of what is no time by its name nothing is limited. */
  @Test
  void leavesOutColumnsThatCountSomethingElse() {
    String cell = CELLS.random(RandomStream.of(1, "cell")).canonical();
    LatencyFile file =
        LatencyFile.read(
            csv("arch,cifar10 accuracy,params_m,pixel3", "\"" + cell + "\",91.2,1.3,10.5"));
    assertThat(file.devices()).containsExactly("pixel3");
    assertThat(file.leftOut()).containsExactly("cifar10 accuracy", "params_m");
    assertThatThrownBy(() -> LatencyFile.read(csv("arch,pixel3", "\"" + cell + "\",0.0")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("pixel3 has no time but 0");
  }
}
