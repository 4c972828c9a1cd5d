package dev.espalier.search.latency;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.TimedSpace;
import dev.espalier.search.statistics.Statistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How long networks of a space took on a device. Of a network that was not measured the time is
 * estimated where the space says of which parts the times of its networks are sums ({@link
 * TimedSpace}): by least squares over all that were measured.
 */
public final class LatencyTable {
  /** Each so many-th row is held out to tell how good estimates are. */
  private static final int HELD_OUT = 5;

  private final SearchSpace space;
  private final String device;
  private final SequencedMap<Measured, Double> millis;
  private final @Nullable AdditiveFit fit;
  private final @Nullable Accuracy accuracy;

  /**
   * A measured network.
   *
   * @param imageSize height and width in pixels; 0 where the table does not say
   */
  record Measured(Architecture architecture, int imageSize) {}

  /**
   * A latency.
   *
   * @param millis of one run
   * @param isMeasured whether the table has it; else it is an estimate
   */
  public record Latency(double millis, boolean isMeasured) {}

  /**
   * How good estimates are, told by rows that the estimate did not see.
   *
   * @param relativeError mean of the distance to what was measured, as a share of it
   * @param kendallTau between both orders
   */
  public record Accuracy(double relativeError, double kendallTau) {}

  LatencyTable(SearchSpace space, String device, SequencedMap<Measured, Double> millis) {
    this.space = space;
    this.device = device;
    this.millis = millis;
    List<Measured> rows = List.copyOf(millis.keySet());
    boolean isEnough =
        space instanceof TimedSpace timed && rows.size() >= 2 * HELD_OUT + timed.timedParts();
    fit = isEnough ? fitted(rows) : null;
    accuracy = isEnough ? accuracy(rows) : null;
  }

  /**
   * Reads the latencies of one device out of a CSV: a column with architectures ({@code
   * architecture}, {@code arch}) or with codings of Once-for-All ({@code ks}, {@code e}, {@code
   * d}), if known one with the side of the images ({@code r}), and a column for each device,
   * milliseconds.
   *
   * @throws InvalidInput if there is no such device, or what was measured is of another space
   */
  public static LatencyTable read(Input input, SearchSpace space, String device) {
    return new LatencyTable(space, device, new LatencyCsv(input, space, device).rows());
  }

  /** The devices that a CSV has columns of, in its order. */
  public static List<String> devices(Input input) {
    return LatencyCsv.devices(input);
  }

  public SearchSpace space() {
    return space;
  }

  public String device() {
    return device;
  }

  /** How many networks, each at one size of images, were measured. */
  public int size() {
    return millis.size();
  }

  /** The sizes of the images of what was measured, ascending; empty where the table has none. */
  public List<Integer> imageSizes() {
    return millis.keySet().stream()
        .map(Measured::imageSize)
        .filter(each -> each > 0)
        .distinct()
        .sorted()
        .toList();
  }

  /** How good estimates are; empty where there are none. */
  public Optional<Accuracy> accuracy() {
    return Optional.ofNullable(accuracy);
  }

  /**
   * How long a network takes; empty where it was not measured and cannot be estimated.
   *
   * @param imageSize height and width in pixels; of no meaning where the table has no sizes
   */
  public Optional<Latency> of(Architecture architecture, int imageSize) {
    @Nullable Double found = millis.get(new Measured(architecture, imageSize));
    if (found == null) {
      found = millis.get(new Measured(architecture, 0));
    }
    if (found != null) {
      return Optional.of(new Latency(found, true));
    }
    return fit == null
        ? Optional.empty()
        : Optional.of(new Latency(fit.of(parts(new Measured(architecture, imageSize))), false));
  }

  /**
   * The shortest time that {@link #of} may tell of a network of the space: none takes less. Empty
   * where it tells none of any.
   *
   * @param imageSize height and width in pixels
   */
  public OptionalDouble least(int imageSize) {
    DoubleStream measured =
        millis.entrySet().stream()
            .filter(
                each -> each.getKey().imageSize() == imageSize || each.getKey().imageSize() == 0)
            .mapToDouble(Map.Entry::getValue);
    DoubleStream estimated =
        fit == null
            ? DoubleStream.empty()
            : DoubleStream.of(Math.max(0, ((TimedSpace) space).least(imageSize, fit.costs())));
    return DoubleStream.concat(measured, estimated).min();
  }

  /** SHA-256 of all that was measured, whatever the file looked like. */
  public String digest() {
    Map<String, Object> rows = new LinkedHashMap<>();
    millis.forEach((measured, time) ->
        rows.put(measured.architecture().canonical() + "@" + measured.imageSize(), time));
    return Digest.of(List.of(space.name(), device, rows));
  }

  private double[] parts(Measured measured) {
    return ((TimedSpace) space).timedParts(measured.architecture(), measured.imageSize());
  }

  private AdditiveFit fitted(List<Measured> rows) {
    List<double[]> parts = new ArrayList<>();
    double[] times = new double[rows.size()];
    for (int i = 0; i < times.length; i++) {
      parts.add(parts(rows.get(i)));
      times[i] = millis.getOrDefault(rows.get(i), 0.0);
    }
    return AdditiveFit.of(parts, times);
  }

  private Accuracy accuracy(List<Measured> rows) {
    AdditiveFit seen =
        fitted(
            IntStream.range(0, rows.size())
                .filter(i -> i % HELD_OUT != 0)
                .mapToObj(rows::get)
                .toList());
    List<Measured> unseen =
        IntStream.range(0, rows.size()).filter(i -> i % HELD_OUT == 0).mapToObj(rows::get).toList();
    double[] times = new double[unseen.size()];
    double[] estimates = new double[unseen.size()];
    double error = 0;
    for (int i = 0; i < times.length; i++) {
      times[i] = millis.getOrDefault(unseen.get(i), 0.0);
      estimates[i] = seen.of(parts(unseen.get(i)));
      error += Math.abs(estimates[i] - times[i]) / Math.max(times[i], Double.MIN_NORMAL);
    }
    return new Accuracy(error / times.length, Statistics.kendallTau(estimates, times));
  }
}
