package dev.espalier.activities.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    assertThat(Unpacking.tarGz(archive, folder.resolve("into"), name -> name.equals("a.bin")))
        .hasSize(1);
  }

  @Test
  void namesAnArchiveThatIsDamaged() throws IOException {
    byte[] whole = Archives.gzip(Archives.tar(files()));
    Path archive = Files.write(folder.resolve("p.tar.gz"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Unpacking.tarGz(archive, folder, name -> true))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("p.tar.gz cannot be unpacked");

    Path deb = Files.write(folder.resolve("p.deb"), Archives.deb(files(), "data.tar.zst"));
    assertThatThrownBy(() -> Unpacking.deb(deb, folder, name -> true))
        .hasMessage("p.deb cannot be unpacked (data.tar.zst: this compression is not known here)");
    Path noDeb = Files.write(folder.resolve("q.deb"), whole);
    assertThatThrownBy(() -> Unpacking.deb(noDeb, folder, name -> true))
        .hasMessageContaining("q.deb");
  }
}
