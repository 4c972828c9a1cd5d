package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.table.AccuracyTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.razorvine.pickle.Pickler;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsBenchTest {
  @TempDir Path folder;

  private void write(String name, Object content) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve(name));
        OutputStream packed = new BZip2CompressorOutputStream(file, 1)) {
      packed.write(new Pickler().dumps(content));
    }
  }

  private void writeMeta() throws IOException {
    List<String> architectures = new ArrayList<>();
    IntStream.range(0, 15_625).forEach(index -> architectures.add(Cell.ofIndex(index).canonical()));
    write(NatsBench.META, Map.of("meta_archs", architectures, "total_archs", 15_625));
  }

  /** Of an epoch before the last the accuracy is 1. */
  private static Map<String, Object> result(int epochs, Map<String, Double> last) {
    Map<String, Object> accuracies = new LinkedHashMap<>();
    last.forEach((part, percent) -> {
      accuracies.put("%s@%d".formatted(part, epochs - 2), 1.0);
      accuracies.put("%s@%d".formatted(part, epochs - 1), percent);
    });
    return Map.of("epochs", epochs, "eval_acc1es", accuracies);
  }

  private static Map<Object, Object> schedule(int index, Map<Object, Object> results) {
    return new LinkedHashMap<>(
        Map.of(
            "arch_index",
            index,
            "arch_str",
            Cell.ofIndex(index).canonical(),
            "all_results",
            results));
  }

  private static Map<Object, Object> architecture(int index) {
    Map<Object, Object> longer = new LinkedHashMap<>();
    longer.put(
        new Object[] {"cifar100", 777}, result(200, Map.of("x-valid", 70.0, "x-test", 60.0)));
    longer.put(
        new Object[] {"cifar100", 888}, result(200, Map.of("x-valid", 71.0, "x-test", 60.5)));
    longer.put(new Object[] {"cifar10-valid", 777}, result(200, Map.of("x-valid", 90.00001)));
    return new LinkedHashMap<>(Map.of("200", schedule(index, longer)));
  }

  private AccuracyTable read() throws IOException {
    return NatsBench.read(NasBench201.SPACE, "nats", folder, line -> {});
  }

  @Test
  void takesTheLastEpochInTheMeanOverSeeds() throws IOException {
    writeMeta();
    write("000011.pickle.pbz2", architecture(11));

    AccuracyTable table = read();

    assertThat(table.measured()).isEqualTo(1);
    assertThat(table.columns()).hasSize(12);
    Cell cell = Cell.ofIndex(11);
    assertThat(table.accuracy(cell, "cifar100_valid_200ep")).hasValue(0.705);
    assertThat(table.accuracy(cell, "cifar100_test_200ep")).hasValue(0.6025);
    assertThat(table.accuracy(cell, "cifar10_valid_200ep")).hasValue(0.9);
    assertThat(table.accuracy(cell, "cifar10_test_200ep")).isEmpty();
    assertThat(table.accuracy(cell, "cifar10_valid_12ep")).isEmpty();
    assertThat(table.accuracy(Cell.ofIndex(12), "cifar100_valid_200ep")).isEmpty();
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(this::read).isInstanceOf(InvalidInput.class).hasMessageContainingAll(words);
  }

  @Test
  void namesEveryFileThatIsDamagedOrHasTheWrongName() throws IOException {
    writeMeta();
    write("000011.pickle.pbz2", architecture(284));
    write("000012.pickle.pbz2", architecture(12));
    Path cut = folder.resolve("000012.pickle.pbz2");
    byte[] whole = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    write("000013.pickle.pbz2", List.of("nothing"));
    Map<Object, Object> without =
        new LinkedHashMap<>(
            Map.of(
                "12",
                schedule(
                    14,
                    new LinkedHashMap<>(
                        Map.of(
                            new Object[] {"cifar10", 777}, result(12, Map.of("x-valid", 50.0)))))));
    write("000014.pickle.pbz2", without);
    write("000015.pickle.pbz2", architecture(15));

    assertRefused(
        "000011.pickle.pbz2: it holds architecture 284",
        "expected 11 (",
        "000012.pickle.pbz2 (%,d bytes) cannot be unpacked".formatted(whole.length / 2),
        "000013.pickle.pbz2: the file is no dictionary",
        "000014.pickle.pbz2: cifar10: the accuracy ori-test@11 must be a percentage between 0 and 100, but was null");
    assertThatThrownBy(this::read)
        .extracting(e -> ((InvalidInput) e).problems().size())
        .isEqualTo(4);
  }

  @Test
  void saysWhatTheFolderIsInstead() throws IOException {
    assertRefused("no meta.pickle.pbz2 in", "(found nothing)");
    write(NatsBench.META, Map.of("meta_archs", List.of("8:8:8:8:8", "8:8:8:8:16")));
    assertRefused("this is the size space", "8:8:8:8:8", "NATS-tss-v1_0-3ffb9-simple");
    write(NatsBench.META, Map.of("meta_archs", List.of(Cell.ofIndex(0).canonical())));
    assertRefused("meta.pickle.pbz2 lists 1 architectures, expected 15,625");
    writeMeta();
    assertRefused("no file NNNNNN.pickle.pbz2");
  }

  /** The three real files against the table that others took from the same benchmark. */
  @Test
  void theRealFilesGiveTheKnownAccuracies() throws IOException {
    Path sample = SharedFiles.of("data/nats-bench-sample");
    AccuracyTable known;
    try (InputStream in =
        new BufferedInputStream(
            Files.newInputStream(
                SharedFiles.of("data/nasbench201/nasbench201_accuracies.csv.gz")))) {
      known = AccuracyTable.readCsv(NasBench201.SPACE, "known", in);
    }

    AccuracyTable table = NatsBench.read(NasBench201.SPACE, "sample", sample, line -> {});

    assertThat(table.measured()).isEqualTo(3);
    for (int index : new int[] {0, 11, 284}) {
      Cell cell = Cell.ofIndex(index);
      for (String column :
          List.of(
              "cifar10_valid_12ep",
              "cifar10_test_12ep",
              "cifar100_valid_12ep",
              "cifar100_test_12ep",
              "imagenet16_120_valid_12ep",
              "imagenet16_120_test_12ep",
              "cifar10_test_200ep",
              "cifar100_test_200ep",
              "imagenet16_120_test_200ep")) {
        assertThat(table.accuracy(cell, column))
            .as("%d %s", index, column)
            .isEqualTo(known.accuracy(cell, column));
      }
      // the known table has one seed's here
      assertThat(table.accuracy(cell, "cifar10_valid_200ep").orElseThrow()).isBetween(0.5, 0.95);
    }
  }
}
