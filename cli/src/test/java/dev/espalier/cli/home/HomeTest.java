package dev.espalier.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  @TempDir Path folder;

  @Test
  void makesItsFoldersForItsOwnerOnly() throws IOException {
    Home home = new Home(folder.resolve("new/home")).prepare();

    assertThat(home.run()).isDirectory();
    assertThat(home.metrics()).isDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.root())))
        .isEqualTo("rwx------");
  }

  @Test
  void saysPlainlyThatAFileIsInItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    assertThatThrownBy(() -> new Home(file.resolve("home")).prepare())
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--home");
  }

  @Test
  void saysPlainlyThatThereIsNoRoom() {
    Path full = Path.of("/dev/full/home"); // no folder can be made there, whoever asks

    assertThatThrownBy(() -> new Home(full).prepare())
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("/dev/full");
  }
}
