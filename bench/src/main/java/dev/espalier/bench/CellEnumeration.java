package dev.espalier.bench;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.NasBench101;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What it takes, in a fresh process, to find all cells of NAS-Bench-101, to read some as strings,
 * and to find one by its hash. Prints one line of JSON; exit code 1 if finding them takes ten
 * seconds or 300 MB. Or, with {@code write=FILE}, writes the first two bytes of all hashes: the
 * resource that cells are found by.
 */
public final class CellEnumeration {
  private static final int READ = 100_000;
  private static final double MOST_SECONDS = 10;
  private static final double MOST_MEGABYTES = 300;
  private static final Path STATUS = Path.of("/proc/self/status");

  private CellEnumeration() {}

  public static void main(String[] arguments) throws IOException {
    Arguments given = Arguments.of(List.of(arguments));
    if (given.has("write")) {
      Files.write(given.path("write"), beginnings());
      return;
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    double before = heap();
    long start = System.nanoTime();
    int cells = (int) NasBench101.SPACE.size();
    GraphCell last = GraphCell.ofIndex(cells - 1);
    double enumeration = seconds(start);
    double peak = peak();
    figures.put("cells", cells);
    figures.put("enumerationSeconds", enumeration);
    figures.put("peakMegabytesOfTheProcess", peak);
    figures.put("heldMegabytes", heap() - before);
    figures.put("last", last.canonical());
    figures.put("readAsStringsInASecond", READ / secondsOfReading());
    start = System.nanoTime();
    GraphCell found = GraphCell.ofHash(last.hash());
    figures.put("firstByHashSeconds", seconds(start));
    figures.put("foundByHash", found.equals(last));
    System.out.println(Json.write(figures));
    System.exit(enumeration < MOST_SECONDS && peak < MOST_MEGABYTES ? 0 : 1);
  }

  private static byte[] beginnings() {
    byte[] beginnings = new byte[2 * (int) NasBench101.SPACE.size()];
    IntStream.range(0, beginnings.length / 2)
        .parallel()
        .forEach(number -> {
          String hash = GraphCell.ofIndex(number).hash();
          beginnings[2 * number] = (byte) Integer.parseInt(hash, 0, 2, 16);
          beginnings[2 * number + 1] = (byte) Integer.parseInt(hash, 2, 4, 16);
        });
    return beginnings;
  }

  private static double secondsOfReading() {
    RandomStream stream = RandomStream.of(0, "enumeration");
    List<String> texts = new ArrayList<>(READ);
    for (int i = 0; i < READ; i++) {
      texts.add(NasBench101.SPACE.random(stream).canonical());
    }
    long start = System.nanoTime();
    texts.forEach(GraphCell::parse);
    return seconds(start);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Megabytes used in the Java heap after a collection. */
  private static double heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
  }

  /** The largest resident size that the process had, in megabytes. */
  private static double peak() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e6)
        .findFirst()
        .orElseThrow(() -> new IOException("%s does not tell VmHWM".formatted(STATUS)));
  }
}
