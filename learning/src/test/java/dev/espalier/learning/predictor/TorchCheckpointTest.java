package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.statedict.TorchCheckpoint;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchCheckpointTest {
  @TempDir Path folder;

  @Test
  void theEvolvedArchitectureIsPredictedAsPublished() {
    ParallelArchitecture evolved =
        ParallelSpace.PUBLISHED.of(
            Golden.bits(Golden.file("architectures.npz").get("evolved_bits")).getFirst());

    try (Predictor predictor =
        Predictors.importPublished(ParallelSpace.PUBLISHED, Golden.published())) {
      assertThat(predictor.kind()).isEqualTo("gnn");
      assertThat(predictor.predict(List.of(evolved))[0]).isBetween(0.607953, 0.607973);
    }
  }

  /** {@code os.system("touch <file>")}, and ways around a look at GLOBAL alone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cos\nsystem\n(X%sR", // global, mark, text, (tuple below) reduce
        "cposix\nsystem\n(X%sR",
        "cbuiltins\neval\n(X%sR",
        "ctorch\nload\n(X%sR",
        "ccollections\nnamedtuple\n(X%sR",
      })
  void aPickleThatCallsAnythingElseIsRefused(String program) throws IOException {
    Path touched = folder.resolve("touched");
    byte[] pickle = malicious(program, "touch " + touched);

    assertThatThrownBy(() -> TorchCheckpoint.read(pickle))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("not loaded");
    assertThat(Files.exists(touched)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(ios\nsystem\n", "(cos\nsystem\no", "\u0082\u0001", "Pid\n"})
  void otherWaysToNameAFunctionAreRefused(String program) throws IOException {
    assertThatThrownBy(
            () -> TorchCheckpoint.read(withContent(program.getBytes(StandardCharsets.ISO_8859_1))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("not loaded");
  }

  @Test
  void aCheckpointCutShortIsRefused() {
    byte[] whole = Golden.published();

    for (int length : new int[] {0, 14, 20, 137, 3000, 3900, 4000, whole.length - 1}) {
      assertThatThrownBy(() -> TorchCheckpoint.read(Arrays.copyOf(whole, length)))
          .as("%d bytes", length)
          .isInstanceOf(InvalidInput.class);
    }
  }

  private static byte[] malicious(String program, String argument) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int text = program.indexOf("X%s");
    content.write(program.substring(0, text).getBytes(StandardCharsets.US_ASCII));
    byte[] utf8 = argument.getBytes(StandardCharsets.UTF_8);
    content.write(new byte[] {'X', (byte) utf8.length, 0, 0, 0});
    content.write(utf8);
    content.write("tR".getBytes(StandardCharsets.US_ASCII));
    return withContent(content.toByteArray());
  }

  /** A checkpoint whose object is made by this program. */
  private static byte[] withContent(byte[] program) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(
        new byte[] {
          (byte) 0x80,
          2,
          (byte) 0x8a,
          10,
          0x6c,
          (byte) 0xfc,
          (byte) 0x9c,
          0x46,
          (byte) 0xf9,
          0x20,
          0x6a,
          (byte) 0xa8,
          0x50,
          0x19,
          '.'
        });
    bytes.write(new byte[] {(byte) 0x80, 2, 'M', (byte) 0xe9, 3, '.'});
    bytes.write(new byte[] {(byte) 0x80, 2, '}', '.'});
    bytes.write(new byte[] {(byte) 0x80, 2});
    bytes.write(program);
    bytes.write('.');
    return bytes.toByteArray();
  }
}
