package dev.espalier.search.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetaDatabaseTest {
  private static final MetaHeader HEADER =
      new MetaHeader(MetaHeader.PREDICTOR, "nas-bench-201", "imagenet-32", 1000, "a test");

  @TempDir private Path folder;

  private Path written() throws IOException {
    Path file = folder.resolve("database");
    try (MetaDatabaseWriter writer = new MetaDatabaseWriter(Files.newOutputStream(file), HEADER)) {
      writer.task(new MetaTask("first", List.of(3, 1)));
      writer.task(new MetaTask("second", List.of()));
      writer.row(new MetaRow(0, "a", 71.5, MetaSplit.TRAIN));
      writer.row(new MetaRow(1, "b", 0.1, MetaSplit.VALIDATION));
      writer.row(new MetaRow(0, "b", 100, MetaSplit.TEST));
    }
    return file;
  }

  @Test
  void whatIsWrittenIsReadInAnyOrder() throws IOException {
    MetaDatabase database = MetaDatabase.open("it", written());
    assertThat(database.header()).isEqualTo(HEADER);
    assertThat(database.tasks()).isEqualTo(2);
    assertThat(database.rows()).isEqualTo(3);
    assertThat(database.row(2)).isEqualTo(new MetaRow(0, "b", 100, MetaSplit.TEST));
    assertThat(database.row(0)).isEqualTo(new MetaRow(0, "a", 71.5, MetaSplit.TRAIN));
    assertThat(database.task(1)).isEqualTo(new MetaTask("second", List.of()));
    assertThat(database.task(0).classes()).containsExactly(3, 1);
    assertThat(database.digest())
        .isEqualTo(Digest.sha256(Files.readAllBytes(folder.resolve("database"))));
  }

  @Test
  void oneThatIsCutShortIsRefusedWhereverItWasCut() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path cut = folder.resolve("cut");
    for (int length = 0; length < whole.length - 1; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> MetaDatabase.open("it", cut))
          .as("cut after %d bytes", length)
          .isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void somethingElseIsRefused() throws IOException {
    Path other = folder.resolve("other");
    Files.write(other, "PK\3\4 not a database".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> MetaDatabase.open("weights.pt", other))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("weights.pt is no meta-database");
  }
}
