package dev.espalier.search.trainings.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.trainings.TrainingTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file says what is wrong where, and nothing of it is taken. */
final class BadTrainingFilesTest {
  private static final String HASH = "001a6fcc8b38cbc515be788a86bdc804";
  private static final String MATRIX = "0110001000010000";
  private static final String OPERATIONS = "input,maxpool3x3,maxpool3x3,output";

  @TempDir private Path folder;

  private void refuses(byte[] bytes, String... words) throws IOException {
    Path file = folder.resolve("bad");
    Files.write(file, bytes);
    assertThatThrownBy(() -> new Importer().read(file))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith(file + ": ")
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  private static byte[] golden() throws IOException {
    return Files.readAllBytes(Importer.RECORDS);
  }

  /** Where the record behind the first so many begins. */
  private static int start(byte[] records, int number) {
    int place = 0;
    for (int i = 0; i < number; i++) {
      place += 16 + (int) ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN).getLong(place);
    }
    return place;
  }

  @ParameterizedTest(name = "{0} bytes of the eighth record are there")
  @ValueSource(ints = {1, 11, 12, 100, -1})
  void a_truncated_record_is_told_by_its_number_and_byte(int there) throws IOException {
    byte[] golden = golden();
    int start = start(golden, 7);
    int end = there < 0 ? start(golden, 8) - 1 : start + there;
    refuses(
        Arrays.copyOf(golden, end),
        "record 8 (at byte %,d): it is truncated: ".formatted(start),
        "but the file ends after",
        "get it again");
  }

  @ParameterizedTest(name = "a bit of byte {0} of the second record")
  @ValueSource(ints = {0, 9, 12, 200})
  void a_flipped_bit_is_told_by_the_crc(int place) throws IOException {
    byte[] golden = golden();
    int start = start(golden, 1);
    golden[start + place] ^= 4;
    refuses(
        golden,
        "record 2 (at byte %,d): it is damaged: its %s has the CRC "
            .formatted(start, place < 12 ? "length" : "content"));
  }

  @Test
  void a_first_record_without_a_sound_length_is_no_record_file() throws IOException {
    byte[] golden = golden();
    golden[9] ^= 1;
    refuses(golden, "is binary data", "A TFRecord begins with a length and the CRC of it");
  }

  private static byte[] records(String... contents) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String content : contents) {
      TfRecords.write(content.getBytes(StandardCharsets.UTF_8), out);
    }
    return out.toByteArray();
  }

  /** A message of evaluations of these epochs, each with this validation accuracy. */
  private static String message(double validation, double... epochs) {
    ByteBuffer out = ByteBuffer.allocate(2 + epochs.length * 47).order(ByteOrder.LITTLE_ENDIAN);
    for (double epoch : epochs) {
      out.put((byte) 10).put((byte) 45);
      double[] values = {epoch, 10 * epoch, 0.5, validation, 0.5};
      for (int i = 0; i < values.length; i++) {
        out.put((byte) ((i + 1) << 3 | 1)).putDouble(values[i]);
      }
    }
    out.put((byte) 16).put((byte) 7);
    return Base64.getEncoder().encodeToString(out.array());
  }

  private static String record(
      String hash, int epochs, String matrix, String operations, String message) {
    return "[\"%s\", %d, \"%s\", \"%s\", \"%s\"]"
        .formatted(hash, epochs, matrix, operations, message);
  }

  private static String sound() {
    return record(HASH, 4, MATRIX, OPERATIONS, message(0.5, 0, 2, 4));
  }

  static Stream<Arguments> badRecords() {
    String message = message(0.5, 0, 2, 4);
    String truncated =
        Base64.getEncoder().encodeToString(Arrays.copyOf(Base64.getDecoder().decode(message), 60));
    return Stream.of(
        Arguments.of(
            "a cycle",
            record(HASH, 4, "0110001000011000", OPERATIONS, message),
            "row 3, column 0 of the matrix is 1: an edge from vertex 3 back to vertex 0 closes a cycle"),
        Arguments.of(
            "a vertex that leads nowhere",
            record(HASH, 4, "0110000000010000", OPERATIONS, message),
            "vertex 1 of the matrix lies on no path from the input to the output"),
        Arguments.of(
            "no path",
            record(HASH, 4, "0100001000000000", OPERATIONS, message),
            "no path leads from the input to the output"),
        Arguments.of(
            "an unknown operation",
            record(HASH, 4, MATRIX, "input,maxpool3x3,conv5x5-bn-relu,output", message),
            "vertex 2"),
        Arguments.of(
            "an operation too many",
            record(HASH, 4, MATRIX, OPERATIONS + ",output", message),
            "the matrix has 4 rows, but there are 5 operations"),
        Arguments.of(
            "a matrix of 15 digits",
            record(HASH, 4, MATRIX.substring(1), OPERATIONS, message),
            "its matrix has 15 digits, which are no square"),
        Arguments.of(
            "a 2 in the matrix",
            record(HASH, 4, MATRIX.replaceFirst("1", "2"), OPERATIONS, message),
            "row 0, column 1 of its matrix is \"2\""),
        Arguments.of(
            "another cell's hash",
            record(HASH.replace('c', 'd'), 4, MATRIX, OPERATIONS, message),
            "the hash is 001a6fdd8b38dbd515be788a86bdd804, but that of the cell beside it is "
                + HASH),
        Arguments.of(
            "another matrix under a known hash",
            record(HASH, 4, "0101001100010000", OPERATIONS, message),
            "the hash is %s, but that of the cell beside it is ".formatted(HASH)),
        Arguments.of(
            "an accuracy in percent",
            record(HASH, 4, MATRIX, OPERATIONS, message(93.2, 0, 2, 4)),
            "the halfway validation accuracy must be a ratio between 0 and 1, but is 93.2: percent?"),
        Arguments.of(
            "an accuracy that is none",
            record(HASH, 4, MATRIX, OPERATIONS, message(Double.NaN, 0, 2, 4)),
            "must be a ratio between 0 and 1, but is NaN"),
        Arguments.of(
            "metrics of other epochs",
            record(HASH, 108, MATRIX, OPERATIONS, message),
            "its metrics are of the epochs 0.0, 2.0 and 4.0, but should be of 0, 54.0 and 108"),
        Arguments.of(
            "an evaluation too few",
            record(HASH, 4, MATRIX, OPERATIONS, message(0.5, 0, 4)),
            "its metrics have 2 evaluations, but should have 3"),
        Arguments.of(
            "metrics that end early",
            record(HASH, 4, MATRIX, OPERATIONS, truncated),
            "its metrics are no protobuf message: they end within a field"),
        Arguments.of(
            "metrics that are no base64",
            record(HASH, 4, MATRIX, OPERATIONS, "*" + message),
            "it is no JSON array of hash, epochs, matrix, operations and metrics"),
        Arguments.of(
            "epochs below 1",
            record(HASH, 0, MATRIX, OPERATIONS, message),
            "the number of epochs must be between 1 and 100,000, but is 0"),
        Arguments.of(
            "an object", "{\"hash\": 1}", "it should be a JSON array of hash, epochs, matrix"),
        Arguments.of("a text", "cells", "it is no JSON array of hash"),
        Arguments.of("nothing", "", "it should be a JSON array of hash"),
        Arguments.of("two arrays", sound() + sound(), "it has more than one JSON array"),
        Arguments.of(
            "an eighth vertex",
            record(HASH, 4, "0".repeat(31 * 31), OPERATIONS, message),
            "the matrix has 31 rows: a cell has 2 to 7 vertices"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badRecords")
  void a_record_that_cannot_be_is_told_with_its_place(String what, String record, String words)
      throws IOException {
    byte[] bytes = records(sound(), record);
    refuses(bytes, "record 2 (at byte %,d): ".formatted(start(bytes, 1)), words);
  }

  @Test
  void all_problems_of_a_file_are_told_at_once_up_to_twenty() throws IOException {
    String[] contents = new String[30];
    Arrays.fill(contents, "no");
    refuses(records(contents), "record 1 ", "record 20 ", "the records behind were not looked at");
    assertThatThrownBy(() -> refuses(records(contents), "record 21 "))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void a_file_that_is_there_twice_in_one_is_refused() throws IOException {
    byte[] once = golden();
    byte[] twice = Arrays.copyOf(once, 2 * once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    refuses(
        twice,
        "record 85 (at byte %,d): a training of 4 epochs more than the 3".formatted(once.length));
  }

  @ParameterizedTest(name = "{0} bytes are there")
  @ValueSource(ints = {10, 600, 8000, 27263})
  void a_truncated_hdf5_file_is_told_by_its_length(int there) throws IOException {
    byte[] golden = Files.readAllBytes(Importer.MINI);
    refuses(
        Arrays.copyOf(golden, there),
        "is truncated: the HDF5 file has %,d bytes".formatted(there),
        "get it again");
  }

  /**
   * Changes a byte of one of the data sets of a written mini table, which lie one after another.
   */
  private byte[] changed(String dataset, int place, int value) throws IOException {
    byte[] bytes =
        Files.readAllBytes(
            Importer.write(Importer.mini(), TrainingFormat.HDF5, folder.resolve("mini")));
    int metrics = 48 * 4 * 3 * 2 * 4 * 4;
    int end = bytes.length;
    int start =
        switch (dataset) {
          case "operations" -> end - 48 * (4 + 7);
          case "num_vertices" -> end - 48 * (4 + 7 + 1);
          case "metrics" -> end - 48 * (4 + 7 + 1) - metrics;
          case "hash" -> end - 48 * (4 + 7 + 1 + 32) - metrics;
          case "adjacency" -> end - 48 * (4 + 7 + 1 + 32 + 49) - metrics;
          default -> throw new AssertionError(dataset);
        };
    bytes[start + place] = (byte) value;
    return bytes;
  }

  @Test
  void a_row_of_hdf5_that_cannot_be_is_told_by_its_number() throws IOException {
    refuses(
        changed("operations", 7 * 2 + 3, 9),
        "row 2 (counted from 0): vertex 3 has the operation 9: allowed are -1 (input)");
    refuses(
        changed("adjacency", 49 * 4 + 7 * 6, 1),
        "row 4 (counted from 0): row 6, column 0 of the matrix is 1: an edge from vertex 6 back to vertex 0");
    refuses(
        changed("adjacency", 49 * 12 + 6, 1),
        "row 12 (counted from 0): row 0, column 6 of the matrix is 1, but the cell has only 6 vertices");
    refuses(changed("num_vertices", 1, 8), "row 1 (counted from 0): num_vertices is 8");
    refuses(changed("hash", 32 * 6, 'z'), "row 6 (counted from 0): the hash is z");
    refuses(
        changed("metrics", 96 * 4 * 5 + 7, 0x43),
        "row 5 (counted from 0): the halfway train accuracy must be a ratio");
  }

  @Test
  void another_hdf5_file_is_told_by_what_it_lacks() throws IOException {
    byte[] bytes =
        Files.readAllBytes(
            Importer.write(Importer.mini(), TrainingFormat.HDF5, folder.resolve("mini")));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    refuses(
        text.replace("operations", "operatioms").getBytes(StandardCharsets.ISO_8859_1),
        "there is no data set operations in it (found: ",
        "not the published layout");
  }

  @ParameterizedTest(name = "{0} bytes are there")
  @ValueSource(ints = {9, 300, 9000, 20000})
  void a_truncated_arrow_file_is_told_by_its_byte(int there) throws IOException {
    byte[] bytes = arrow(Importer.mini());
    refuses(
        Arrays.copyOf(bytes, there),
        "is truncated: the Arrow file ends at byte %,d".formatted(there));
  }

  private byte[] arrow(TrainingTable table) throws IOException {
    return Files.readAllBytes(
        Importer.write(table, TrainingFormat.ARROW, folder.resolve("table.arrow")));
  }

  @Test
  void damaged_arrow_never_ends_in_anything_but_words() throws IOException {
    byte[] sound = arrow(Importer.mini());
    int told = 0;
    for (int place = 8; place < 6000; place += 31) {
      byte[] bytes = sound.clone();
      bytes[place] ^= 0x55;
      Path file = folder.resolve("damaged.arrow");
      Files.write(file, bytes);
      try {
        new Importer().read(file);
      } catch (InvalidInput e) {
        told++;
      }
    }
    assertThat(told).isGreaterThan(60);
  }

  @Test
  void damaged_hdf5_never_ends_in_anything_but_words() throws IOException {
    byte[] sound = Files.readAllBytes(Importer.MINI);
    int told = 0;
    for (int place = 8; place < 3000; place += 41) {
      byte[] bytes = sound.clone();
      bytes[place] ^= 0x55;
      Path file = folder.resolve("damaged.hdf5");
      Files.write(file, bytes);
      try {
        new Importer().read(file);
      } catch (InvalidInput e) {
        told++;
      }
    }
    assertThat(told).isGreaterThan(15);
  }

  static Stream<Arguments> badTexts() {
    String cell = "conv3x3@0-output@1";
    return Stream.of(
        Arguments.of(
            "index,arch_str,x\n1,2,3\n",
            "nothing says which cell a row is of: a column architecture, hash"),
        Arguments.of("hash,adjacency,test\na,b,1\n", "there is a matrix, but no column operations"),
        Arguments.of("architecture,loss\n" + cell + ",1\n", "there is no accuracy"),
        Arguments.of(
            "architecture,epochs,test\n" + cell + ",4,0.5\n" + cell + ",four,0.5\n",
            "row 3: the number of epochs: \"four\" is not a number"),
        Arguments.of(
            "architecture,epochs,test\n" + cell + ",4.5,0.5\n",
            "row 2: the number of epochs must be whole, but is 4.5"),
        Arguments.of(
            "architecture,epochs,test\n" + cell + ",,0.5\n",
            "row 2: the number of epochs is missing"),
        Arguments.of(
            "architecture,epochs,test\n|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|,4,0.5\n",
            "row 2: not a NAS-Bench-101 cell"),
        Arguments.of("architecture,test\nconv3x3@0-output@1-output@1,0.5\n", "row 2: "),
        Arguments.of(
            "architecture,test\n" + cell + ",NaN\n", "row 2: final test: \"NaN\" is not a number"),
        Arguments.of("architecture,test\n" + cell + ",1e999999999\n", "row 2: final test: "),
        Arguments.of(
            "architecture,test\n" + cell + ",0.5\n" + cell + ",1.5\n", "accuracies must be ratios"),
        Arguments.of(
            "architecture,test\n" + cell + ",-0.5\n", "row 2: the final test accuracy must be"),
        Arguments.of("architecture,test,seconds\n" + cell + ",,\n", "row 2: nothing was measured"),
        Arguments.of("architecture,epochs,test\n", "there is no training of a cell in it"),
        Arguments.of(
            "hash,adjacency,ops,test\n" + HASH + ",0110/0010/0001,input maxpool3x3 output,0.5\n",
            "row 2: the matrix has 3 rows, but not all have so many entries"),
        Arguments.of("architecture,test\n" + cell + "\n", "row 2: 2 values expected, 1 found"),
        Arguments.of("[]", "there is no JSON object of a training in it"),
        Arguments.of("[1, 2]", "element 1 is no object of a training: \"1\""),
        Arguments.of("[{\"hash\": \"x\", ", "is damaged JSON: at line 1, column"),
        Arguments.of("[{\"hash\": \"x\", ", "it ends too early: get it again"),
        Arguments.of("[{\"hash\": !}]", "column 11: what stands there is no JSON"),
        Arguments.of(
            "[".repeat(5_000),
            "brackets in brackets, a number or a text are larger than those of any table"),
        Arguments.of("{\"hash\": \"" + HASH + "\", \"loss\": 2}", "there is no accuracy"),
        Arguments.of(
            "[{\"architecture\": \"" + cell + "\", \"test\": \"high\"}]",
            "element 1: final test: \"high\" is not a number"),
        Arguments.of(
            "{\"cells\": [{\"adjacency\": [[0,1],[1,0]], \"ops\": [-1,-2], \"test\": 0.5}]}",
            "cells, element 1: row 1, column 0 of the matrix is 1: an edge from vertex 1 back to vertex 0"),
        Arguments.of(
            "{\"cells\": [{\"adjacency\": [[0,1],[0,0]], \"ops\": [-1,5], \"test\": 0.5}]}",
            "cells, element 1: vertex 1 has the operation 5: allowed are"),
        Arguments.of("<!doctype html><html></html>", "is a web page"),
        Arguments.of("", "is empty"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("badTexts")
  void a_text_that_cannot_be_is_told_with_its_row(String text, String words) throws IOException {
    refuses(text.getBytes(StandardCharsets.UTF_8), words);
  }

  @Test
  void a_table_that_the_published_layout_cannot_hold_is_refused_with_one_that_can()
      throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("other.csv"), "architecture,epochs,test\nconv3x3@0-output@1,200,0.5\n");
    TrainingTable table = new Importer().read(csv);
    assertThatThrownBy(
            () -> Importer.write(table, TrainingFormat.HDF5, folder.resolve("other.hdf5")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("but the table has 1 of [200]: write it as arrow or csv");
    assertThat(List.of(TrainingFormat.ofFile("a.H5").orElseThrow()))
        .containsExactly(TrainingFormat.HDF5);
  }

  @Test
  void a_length_that_cannot_be_is_told_even_with_a_sound_crc() throws IOException {
    byte[] header = new byte[12];
    ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(1L << 60);
    CRC32C crc = new CRC32C();
    crc.update(header, 0, 8);
    buffer.putInt(Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8);
    refuses(header, "record 1 (at byte 0): it says that it has 1,152,921,504,606,846,976 bytes");
  }

  @Test
  void what_would_have_to_be_unpacked_first_says_so() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      Files.copy(Importer.MINI, out);
    }
    refuses(packed.toByteArray(), "compressed with gzip: unpack it first, since HDF5");
    refuses(
        Files.readAllBytes(
            Path.of(
                "src/test/resources/dev/espalier/search/trainings/compressed-by-pyarrow.feather")),
        "its columns are compressed: write it without");
    ByteArrayOutputStream cut = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(cut)) {
      Files.copy(Importer.RECORDS, out);
    }
    refuses(
        Arrays.copyOf(cut.toByteArray(), cut.size() / 2),
        "it is truncated: the compressed file ends early");
  }
}
