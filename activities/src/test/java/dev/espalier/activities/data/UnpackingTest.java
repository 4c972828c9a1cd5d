package dev.espalier.activities.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackingTest {
  @TempDir Path folder;

  private static SequencedMap<String, byte[]> files() {
    SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    files.put("./usr/share/a.bin", new byte[] {1});
    files.put("../../b.bin", new byte[] {2, 2});
    files.put("./usr/share/doc/readme", new byte[] {3});
    return files;
  }

  @ParameterizedTest
  @ValueSource(strings = {"data.tar.xz", "data.tar.gz", "data.tar"})
  void takesTheWantedFilesOutOfADebianPackage(String data) throws IOException {
    Path deb = Files.write(folder.resolve("p.deb"), Archives.deb(files(), data));
    Path into = folder.resolve("deep/into");

    assertThat(Unpacking.deb(deb, into, name -> name.endsWith(".bin"))).hasSize(2);

    assertThat(into.resolve("a.bin")).hasBinaryContent(new byte[] {1});
    assertThat(into.resolve("b.bin")).hasBinaryContent(new byte[] {2, 2});
    assertThat(into.resolve("readme")).doesNotExist();
    assertThat(folder.resolve("b.bin")).doesNotExist();
  }

  @Test
  void takesTheWantedFilesOutOfATarGz() throws IOException {
    Path archive = Files.write(folder.resolve("p.tar.gz"), Archives.gzip(Archives.tar(files())));
    assertThat(
            Unpacking.archive(
                archive,
                folder.resolve("into"),
                Placement.plainNames(name -> name.equals("a.bin"))))
        .hasSize(1);
  }

  @Test
  void namesAnArchiveThatIsDamaged() throws IOException {
    byte[] whole = Archives.gzip(Archives.tar(files()));
    Path archive = Files.write(folder.resolve("p.tar.gz"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Unpacking.archive(archive, folder, Placement.TREE))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("p.tar.gz \\([0-9,]+ bytes\\) cannot be unpacked .*");

    Path deb = Files.write(folder.resolve("p.deb"), Archives.deb(files(), "data.tar.zst"));
    assertThatThrownBy(() -> Unpacking.deb(deb, folder, name -> true))
        .hasMessage("p.deb cannot be unpacked (data.tar.zst: this compression is not known here)");
    Path noDeb = Files.write(folder.resolve("q.deb"), whole);
    assertThatThrownBy(() -> Unpacking.deb(noDeb, folder, name -> true))
        .hasMessageContaining("q.deb");
  }

  private static SequencedMap<String, byte[]> tree() {
    SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    files.put("./data/images/1.jpg", new byte[] {1});
    files.put("data/list.txt", new byte[] {2, 2});
    return files;
  }

  private byte[] packed(String name, SequencedMap<String, byte[]> files) throws IOException {
    return switch (name) {
      case "p.tar" -> Archives.tar(files);
      case "p.zip" -> Archives.zip(files);
      default -> Archives.gzip(Archives.tar(files));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"p.tar.gz", "p.tgz", "p.tar", "p.zip"})
  void keepsFoldersWhereTheyAreWanted(String name) throws IOException {
    Path archive = Files.write(folder.resolve(name), packed(name, tree()));
    Path into = folder.resolve("into");

    assertThat(Unpacking.archive(archive, into, Placement.TREE)).hasSize(2);

    assertThat(into.resolve("data/images/1.jpg")).hasBinaryContent(new byte[] {1});
    assertThat(into.resolve("data/list.txt")).hasBinaryContent(new byte[] {2, 2});
  }

  @ParameterizedTest
  @CsvSource({
    "p.tar.gz, ../outside.txt",
    "p.tar.gz, data/../../outside.txt",
    "p.tar.gz, ..\\outside.txt",
    "p.tar, a/../../outside.txt",
    "p.zip, ../outside.txt",
    "p.zip, data/../../outside.txt",
    "p.zip, /outside.txt",
    "p.zip, C:/outside.txt",
  })
  void refusesWhatLeadsElsewhere(String name, String entry) throws IOException {
    SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    files.put(entry, new byte[] {3});
    Path archive = Files.write(folder.resolve(name), packed(name, files));
    Path into = folder.resolve("deep/into");

    assertThatThrownBy(() -> Unpacking.archive(archive, into, Placement.TREE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("outside.txt\", which leads elsewhere");

    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.filter(Files::isRegularFile)).containsExactly(archive);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"p.tar", "p.zip"})
  void linksArePassedOver(String name) throws IOException {
    byte[] archived = name.equals("p.zip") ? Archives.zipWithLink() : Archives.tarWithLink();
    Path archive = Files.write(folder.resolve(name), archived);
    Path into = folder.resolve("into");

    assertThat(Unpacking.archive(archive, into, Placement.TREE)).hasSize(1);

    assertThat(into.resolve("link")).isDirectory(); // made for the file behind it, in here
    assertThat(Files.isSymbolicLink(into.resolve("link"))).isFalse();
    assertThat(into.resolve("link/file")).hasBinaryContent(new byte[] {4});
  }

  @Test
  void namesAZipThatIsDamaged() throws IOException {
    byte[] whole = Archives.zip(tree());
    Path archive = Files.write(folder.resolve("p.zip"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Unpacking.archive(archive, folder, Placement.TREE))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("p.zip (%d bytes) cannot be unpacked".formatted(whole.length / 2));
  }
}
