package dev.espalier.learning.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataPickleTest {
  @TempDir Path folder;

  /**
   * What NumPy 1.26 and 2.4 wrote by protocols 2 to 5: {@code {'data': uint8 [[0, 50, 100], [150,
   * 200, 250]], 'labels': [1, int64(120)], 'mean': float64 [0.5, -2.25]}}.
   */
  private static Stream<String> numpyPickles() throws IOException {
    try (InputStream in = DataPickleTest.class.getResourceAsStream("numpy-pickles.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    }
  }

  private static byte[] bytes(String line) {
    return Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static Object read(byte[] pickle) {
    return DataPickle.read("batch", pickle);
  }

  private static void assertIsTheBatch(Object read) {
    Map<?, ?> batch = (Map<?, ?>) read;
    NumpyArray data = (NumpyArray) Objects.requireNonNull(batch.get("data"));
    assertThat(data.shape()).containsExactly(2, 3);
    assertThat(data.type()).isEqualTo("u1");
    assertThat(data.bytes()).containsExactly(0, 50, 100, (byte) 150, (byte) 200, (byte) 250);
    assertThat(data.number(5)).isEqualTo(250L);
    assertThat((List<?>) batch.get("labels"))
        .map(label -> ((Number) label).intValue())
        .hasToString("[1, 120]");
    NumpyArray mean = (NumpyArray) Objects.requireNonNull(batch.get("mean"));
    assertThat(mean.count()).isEqualTo(2);
    assertThat(mean.number(1)).isEqualTo(-2.25);
  }

  @ParameterizedTest
  @MethodSource("numpyPickles")
  void readsWhatNumpyWrote(String line) {
    assertIsTheBatch(read(bytes(line)));
  }

  /** Python 2 had one type for bytes and text. */
  @Test
  void readsTheTextThatPythonTwoWroteForBytes() throws IOException {
    byte[] pickle =
        bytes(numpyPickles().filter(line -> line.startsWith("1.26.4 3")).findFirst().orElseThrow());
    int changed = 0;
    for (int i = 1; i < pickle.length - 1; i++) {
      if (pickle[i] == 'C' && (pickle[i + 1] == 6 || pickle[i + 1] == 8 || pickle[i + 1] == 16)) {
        pickle[i] = 'U';
        changed++;
      }
    }
    assertThat(changed).isEqualTo(3);
    assertIsTheBatch(read(pickle));
  }

  @ParameterizedTest
  @MethodSource("numpyPickles")
  void aPickleCutShortIsRefusedWhereverTheCutIs(String line) {
    byte[] whole = bytes(line);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .as("%d bytes", length)
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("batch")
          .hasMessageContaining("copy it again");
    }
  }

  /** Programs that would run a command, each by another way of naming a function. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cos\nsystem\n(X%sR.",
        "cposix\nsystem\n(X%sR.",
        "cbuiltins\neval\n(X%sR.",
        "csubprocess\nPopen\n(X%sR.",
        "X\2\0\0\0osX\6\0\0\0system\u0093(X%sR.",
        "(X%sios\nsystem\n.",
        "(cos\nsystem\nX%so.",
        "cnumpy\nload\n(X%sR.",
        "\u0082\1.",
        "Psome id\n.",
        "]Nb.",
        "K\1Q.",
      })
  void whatIsNotDataIsRefusedBeforeAnythingIsCalled(String program) throws IOException {
    Path touched = folder.resolve("touched");
    String argument = "touch " + touched;
    String length =
        "" + (char) (argument.length() & 0xff) + (char) (argument.length() >> 8) + "\0\0";
    byte[] pickle =
        ("\u0080\2" + program.replace("%sR", "%stR").replace("%s", length + argument))
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("not loaded");
    assertThat(Files.exists(touched)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "B\u00ff\u00ff\u00ff\u007f", // 2 GiB of bytes
        "X\u00ff\u00ff\u00ff\u00ff", // 4 GiB of text
        "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", // a negative length
        "\u0096\0\0\0\0\1\0\0\0", // 4 GiB in a bytearray
      })
  void lengthsBeyondTheEndAreNotBelieved(String program) {
    assertThatThrownBy(
            () -> read(("\u0080\4" + program + "abc.").getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("it ends too early");
  }

  @Test
  void anArrayWhoseBytesDoNotFitItsShapeIsRefused() throws IOException {
    byte[] pickle =
        bytes(numpyPickles().filter(line -> line.startsWith("1.26.4 3")).findFirst().orElseThrow());
    for (int i = 0; i < pickle.length - 6; i++) {
      if (pickle[i] == 'K' && pickle[i + 1] == 2 && pickle[i + 2] == 'K' && pickle[i + 3] == 3) {
        pickle[i + 3] = 4;
      }
    }
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "batch: the pickle holds an array of shape [2, 4] and type u1 with 6 bytes (expected 8)");
  }

  @Test
  void whatHoldsItselfIsRefusedAndOverflowsNothing() {
    byte[] asKey = {'}', ']', 'q', 0, 'h', 0, 'a', 'K', 1, 's', '.'};
    byte[] inItself = {']', 'q', 0, 'h', 0, 'a', '.'};
    byte[] lists = new byte[3000];
    Arrays.fill(lists, 0, 1500, (byte) ']');
    Arrays.fill(lists, 1500, 2999, (byte) 'a');
    lists[2999] = '.';
    assertThatThrownBy(() -> read(asKey))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("uses a collection as a key");
    assertThatThrownBy(() -> read(inItself)).hasMessageContaining("holds itself");
    assertThatThrownBy(() -> read(lists)).isInstanceOf(InvalidInput.class);
  }
}
