package dev.espalier.activities.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpDownloadTest {
  private static final byte[] CONTENT = content();

  @TempDir Path folder;
  private final HttpDownload download = new HttpDownload(Duration.ofSeconds(10), Duration.ZERO);
  private final List<String> progress = new ArrayList<>();
  private FileServer server;

  private static byte[] content() {
    byte[] bytes = new byte[300_000];
    RandomStream stream = RandomStream.of(1, "content");
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) stream.nextInt(256);
    }
    return bytes;
  }

  @BeforeEach
  void start() throws IOException {
    server = new FileServer().with("/data/a.bin", CONTENT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RemoteFile file() {
    return RemoteFile.of(server.uri("/data/a.bin"), FileDigest.sha256(Digest.sha256(CONTENT)));
  }

  private Path fetch(RemoteFile file) throws IOException {
    return download.fetch(file, folder, progress::add);
  }

  @Test
  void bringsAFileAndAsksOnce() throws IOException {
    assertThat(fetch(file())).hasBinaryContent(CONTENT).hasFileName("a.bin");
    assertThat(fetch(file())).hasBinaryContent(CONTENT);
    assertThat(server.requests).containsExactly("/data/a.bin");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void continuesAfterEachCutConnection() throws IOException {
    server.cutAfter(100_000, 1, 50_000, 140_000);

    assertThat(fetch(file())).hasBinaryContent(CONTENT);

    assertThat(server.requests)
        .containsExactly(
            "/data/a.bin",
            "/data/a.bin bytes=100000-",
            "/data/a.bin bytes=100001-",
            "/data/a.bin bytes=150001-",
            "/data/a.bin bytes=290001-");
    assertThat(progress).anyMatch(line -> line.contains("connection lost after 100,000 bytes"));
  }

  @Test
  void continuesWhatAnEarlierProcessLeft() throws IOException {
    Files.write(folder.resolve("a.bin.part"), Arrays.copyOf(CONTENT, 200_000));

    assertThat(fetch(file())).hasBinaryContent(CONTENT);

    assertThat(server.requests).containsExactly("/data/a.bin bytes=200000-");
  }

  @Test
  void startsAgainWhereRangesAreIgnored() throws IOException {
    server.ignoreRanges();
    server.cutAfter(100_000);

    assertThat(fetch(file())).hasBinaryContent(CONTENT);
  }

  @Test
  void startsAgainWhenTheRestDoesNotFit() throws IOException {
    Files.write(folder.resolve("a.bin.part"), new byte[1000]);

    assertThat(fetch(file())).hasBinaryContent(CONTENT);

    assertThat(server.requests).containsExactly("/data/a.bin bytes=1000-", "/data/a.bin");
  }

  @Test
  void takesACompletePartAndReplacesOneThatIsTooLong() throws IOException {
    Files.write(folder.resolve("a.bin.part"), Arrays.copyOf(CONTENT, 300_001));
    assertThat(fetch(file())).hasBinaryContent(CONTENT);
  }

  @Test
  void refusesAWrongDigestAndKeepsNothing() {
    RemoteFile wrong =
        RemoteFile.of(
            server.uri("/data/a.bin"), FileDigest.md5("c32a1d4ab5d03f1284b67883e8d87530"));

    assertThatThrownBy(() -> fetch(wrong))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            ".*/data/a.bin has the digest MD5 [0-9a-f]{32} \\(300,000 bytes\\), expected MD5 "
                + "c32a1d4ab5d03f1284b67883e8d87530");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void replacesADamagedFileOfThatName() throws IOException {
    Files.write(folder.resolve("a.bin"), new byte[10]);
    assertThat(fetch(file())).hasBinaryContent(CONTENT);
  }

  @Test
  void givesUpWhenNothingComes() {
    server.cutAfter(0, 0, 0, 0, 0, 0);
    assertThatThrownBy(() -> fetch(file()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/data/a.bin: ");
    assertThat(server.requests.size()).isLessThan(10);
  }

  @Test
  void tellsWhatTheServerAnswered() {
    RemoteFile absent = RemoteFile.of(server.uri("/data/b.bin"), FileDigest.md5("0"));
    assertThatThrownBy(() -> fetch(absent))
        .hasMessageEndingWith("/data/b.bin: the server answered 404");
  }

  @Test
  void followsWhereAFileHasMoved() throws IOException {
    server.move("/old.bin", "/older.bin");
    server.move("/older.bin", server.uri("/data/a.bin"));
    server.move("/loop.bin", "/loop.bin");

    assertThat(fetch(RemoteFile.of(server.uri("/old.bin"), file().digest())))
        .hasBinaryContent(CONTENT);
    assertThatThrownBy(() -> fetch(RemoteFile.of(server.uri("/loop.bin"), file().digest())))
        .hasMessageContaining("leads on more than 5 times");
  }
}
