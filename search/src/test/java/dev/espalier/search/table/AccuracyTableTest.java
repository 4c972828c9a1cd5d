package dev.espalier.search.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.SharedData;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A table of accuracies")
class AccuracyTableTest {
  /**
   * A table of all cells: accuracy index/1000 percent in one column, known for even cells only in
   * another.
   */
  private static final String WHOLE = whole();

  private static String whole() {
    StringBuilder csv =
        new StringBuilder("index,arch,cifar10_valid_12ep,params_m,cifar10_test_200ep\n");
    IntStream.range(0, 15_625)
        .forEach(index ->
            csv.append(index)
                .append(',')
                .append(Cell.ofIndex(index).canonical())
                .append(',')
                .append(index / 1000.0)
                .append(",1.5,")
                .append(index % 2 == 0 ? "50.0000" : "")
                .append('\n'));
    return csv.toString();
  }

  private static AccuracyTable read(byte[] bytes) {
    return AccuracyTable.readCsv(NasBench201.SPACE, "small.csv", new ByteArrayInputStream(bytes));
  }

  private static AccuracyTable read(String csv) {
    return read(csv.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzipped(String csv) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(csv.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void holdsRatios() {
    AccuracyTable table = read(WHOLE);
    assertThat(table.size()).isEqualTo(15_625);
    assertThat(table.columns()).containsExactly("cifar10_valid_12ep", "cifar10_test_200ep");
    assertThat(table.accuracy(Cell.ofIndex(6111), "cifar10_valid_12ep")).hasValue(0.06111);
    assertThat(table.accuracy(Cell.ofIndex(4), "cifar10_test_200ep")).hasValue(0.5);
  }

  @Test
  void saysWhatIsNotKnown() {
    assertThat(read(WHOLE).accuracy(Cell.ofIndex(5), "cifar10_test_200ep"))
        .isEqualTo(OptionalDouble.empty());
  }

  @Test
  void hasNoOtherColumns() {
    AccuracyTable table = read(WHOLE);
    assertThatThrownBy(() -> table.accuracy(Cell.ofIndex(0), "cifar10_valid_12"))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "small.csv: no column \"cifar10_valid_12\": allowed are cifar10_valid_12ep, cifar10_test_200ep."
                + " Did you mean cifar10_valid_12ep?");
  }

  @Test
  void isTheSamePlainOrCompressedAndInAnyOrder() throws IOException {
    AccuracyTable table = read(WHOLE);
    assertThat(read(gzipped(WHOLE)).digest()).isEqualTo(table.digest());
    String[] lines = WHOLE.split("\n");
    Arrays.sort(lines, 1, lines.length);
    assertThat(read(String.join("\n", lines)).digest()).isEqualTo(table.digest());
  }

  @Test
  void isStoredInTheLayoutItIsReadFrom() {
    AccuracyTable table = read(WHOLE);
    assertThat(read(table.canonicalCsv()).canonicalCsv()).isEqualTo(table.canonicalCsv());
    assertThat(read(WHOLE.replace(",50.0000\n", ",50.0001\n")).digest())
        .isNotEqualTo(table.digest());
  }

  @Test
  void mustBeWhole() {
    String[] lines = WHOLE.split("\n");
    assertThatThrownBy(() -> read(String.join("\n", Arrays.copyOf(lines, 12_001))))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("small.csv: truncated: 15,625 cells expected, 12,000 found");
  }

  @Test
  void mustBeWholeWhenCompressed() throws IOException {
    byte[] whole = gzipped(WHOLE);
    assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageMatching("small.csv: truncated: the compressed file ends early .*");
  }

  @Test
  void mustNotBeCorrupt() throws IOException {
    byte[] corrupt = gzipped(WHOLE);
    for (int i = corrupt.length / 2; i < corrupt.length / 2 + 50; i++) {
      corrupt[i] ^= 0x55;
    }
    assertThatThrownBy(() -> read(corrupt))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("small.csv: ");
  }

  @Test
  void namesTheRowThatIsWrong() {
    String csv = WHOLE;
    String third = "2," + Cell.ofIndex(2).canonical() + ",0.002,1.5,50.0000\n";
    assertThat(csv).contains(third);
    assertRow(
        csv.replace(third, third.replace("0.002", "100.5")),
        "cifar10_valid_12ep must be a percentage between 0 and 100, but was 100.5");
    assertRow(csv.replace(third, third.replace("0.002", "n/a")), "\"n/a\" is not a number");
    assertRow(csv.replace(third, third.replace("0.002", "NaN")), "\"NaN\" is not a number");
    assertRow(csv.replace(third, third.replace("2,|", "3,|")), "index 2 expected");
    assertRow(csv.replace(third, third.replace(",50.0000", "")), "5 values expected, 4 found");
    assertRow(csv.replace(third, third.replace("~0|+", "~7|+")), "not a NAS-Bench-201 cell");
    assertRow(
        csv.replace(third, "0," + Cell.ofIndex(0).canonical() + ",0,1.5,\n"),
        "cell 0 stands here a second time");
  }

  private static void assertRow(String csv, String message) {
    assertThatThrownBy(() -> read(csv))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("small.csv: row 4: ")
        .hasMessageContaining(message);
  }

  @Test
  void isNotJustAnyFile() {
    assertThatThrownBy(() -> read("a,b\n1,2\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("must name the columns index and arch, but is \"a,b\"");
    assertThatThrownBy(() -> read("")).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> read("index,arch,params_m\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("no column of accuracies");
  }

  /** A table in which the cell without a path is the worst, with some columns more. */
  private static String measured(String header, double scale) {
    StringBuilder csv = new StringBuilder("index,arch,%s\n".formatted(header));
    IntStream.range(0, 15_625)
        .forEach(index -> {
          Cell cell = Cell.ofIndex(index);
          long paths = cell.canonical().replace("none", "").length();
          csv.append(index).append(',').append(cell.canonical());
          for (String column : header.split(",", -1)) {
            boolean loss = column.contains("loss") || column.equals("cifar10_test_12ep");
            csv.append(',').append(loss ? (300 - paths) / 150.0 : scale * (paths - 20));
          }
          csv.append('\n');
        });
    return csv.toString();
  }

  private static AccuracyTable imported(String csv, Remarks remarks) {
    return AccuracyTable.importCsv(
        NasBench201.SPACE, Input.of("in.csv", csv.getBytes(StandardCharsets.UTF_8)), remarks);
  }

  @Test
  void ratiosAreReadAsRatiosAndPercentAsPercent() {
    Remarks remarks = new Remarks();
    AccuracyTable percent = imported(measured("cifar10_valid", 1), remarks);
    AccuracyTable ratios = imported(measured("cifar10_valid", 0.01), remarks);
    Cell cell = Cell.ofIndex(6111);
    assertThat(ratios.accuracy(cell, "cifar10_valid").orElseThrow())
        .isCloseTo(percent.accuracy(cell, "cifar10_valid").orElseThrow(), within(1e-9));
    assertThat(remarks.all())
        .containsExactly(
            "in.csv: understood as accuracies in percent, 1 column, 15,625 cells",
            "in.csv: understood as accuracies in ratios between 0 and 1, 1 column, 15,625 cells");
  }

  @Test
  void ratiosBesidePercentAreRefused() {
    String csv = measured("cifar10_valid,cifar100_valid", 1);
    String mixed = csv.replaceAll("(?m)^(\\d+,[^,]+),([0-9.]+),.*$", "$1,$2,0.5");
    assertThatThrownBy(() -> imported(mixed, new Remarks()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "percent and ratios are mixed: no value of cifar100_valid is above 1");
  }

  @Test
  void timesAndLossesAreLeftOutByTheirNames() {
    Remarks remarks = new Remarks();
    AccuracyTable table = imported(measured("cifar10_valid,valid_loss,train_time", 1), remarks);
    assertThat(table.columns()).containsExactly("cifar10_valid");
    assertThat(remarks.all().getLast()).endsWith("not those of accuracies: valid_loss, train_time");
  }

  @Test
  void lossesUnderTheNameOfAccuraciesAreRefused() {
    assertThatThrownBy(
            () -> imported(measured("cifar10_valid,cifar10_test_12ep", 1), new Remarks()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("column cifar10_test_12ep cannot be accuracies");
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    assertThatThrownBy(() -> imported(measured("cifar10_valid,cifar10_valid", 1), new Remarks()))
        .hasMessageContaining("two columns are called cifar10_valid");
  }

  @Test
  void holdsThePublishedMaxima() throws IOException {
    // data/nasbench201/README.md: 94.3733 / 73.5133 / 47.3111 at 200 epochs; best CIFAR-10 cell
    // 6111.
    AccuracyTable table;
    try (InputStream in =
        Files.newInputStream(SharedData.file("data/nasbench201/nasbench201_accuracies.csv.gz"))) {
      table = AccuracyTable.readCsv(NasBench201.SPACE, "nas-bench-201", in);
    }
    assertThat(table.columns()).hasSize(12).doesNotContain("params_m", "flops_m_cifar10");
    assertThat(best(table, "cifar10_test_200ep")).isEqualTo(0.943733);
    assertThat(best(table, "cifar100_test_200ep")).isEqualTo(0.735133);
    assertThat(best(table, "imagenet16_120_test_200ep")).isEqualTo(0.473111);
    assertThat(table.accuracy(Cell.ofIndex(6111), "cifar10_test_200ep")).hasValue(0.943733);
  }

  private static double best(AccuracyTable table, String column) {
    return IntStream.range(0, table.size())
        .mapToDouble(index -> table.accuracy(Cell.ofIndex(index), column).orElseThrow())
        .max()
        .orElseThrow();
  }
}
