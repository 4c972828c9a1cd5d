package dev.espalier.search.latency;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.space.SearchSpace;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file of measured latencies, read whole: of which space its networks are, and the devices that
 * they were measured on.
 *
 * @param leftOut columns that by their names are something else than times
 * @param networks how many, each at one size of images
 * @param csv its text
 */
public record LatencyFile(
    SearchSpace space, List<String> devices, List<String> leftOut, int networks, String csv) {
  public LatencyFile {
    devices = List.copyOf(devices);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Reads the latencies of all devices out of a CSV, as {@link LatencyTable#read} does of one.
   *
   * @throws InvalidInput if a row is of no space or of another than the first, or a latency is none
   */
  public static LatencyFile read(Input input) {
    String csv = input.text();
    Input again = Input.of(input.name(), csv.getBytes(StandardCharsets.UTF_8));
    SearchSpace space = LatencyCsv.space(again);
    List<String> devices = LatencyTable.devices(again);
    if (devices.isEmpty()) {
      throw new InvalidInput("%s: there is no column of a device".formatted(input.name()));
    }
    int networks = 0;
    for (String device : devices) {
      networks = new LatencyCsv(again, space, device).rows().size();
    }
    return new LatencyFile(space, devices, LatencyCsv.leftOut(again), networks, csv);
  }
}
