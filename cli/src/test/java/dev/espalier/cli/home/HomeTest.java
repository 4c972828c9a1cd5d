package dev.espalier.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {
  @TempDir Path folder;

  @Test
  void makesItsFoldersForItsOwnerOnly() throws IOException {
    Home home = new Home(folder.resolve("new/home")).prepare();

    assertThat(home.run()).isDirectory();
    assertThat(home.metrics()).isDirectory();
    assertThat(permissions(home.root())).isEqualTo("rwx------");
  }

  @Test
  void closesAHomeThatWasOpenToOthersAndLeavesAProjectsFolderAsItIs() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    new Home(open).prepare();
    assertThat(permissions(open)).isEqualTo("rwx------");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
    new Home(open).prepare();
    assertThat(permissions(open)).isEqualTo("rwx------");

    Path project = Files.createDirectory(folder.resolve("project"));
    Files.writeString(project.resolve("README.md"), "mine");
    Files.setPosixFilePermissions(project, PosixFilePermissions.fromString("rwxr-xr-x"));
    new Home(project).prepare();
    assertThat(permissions(project)).isEqualTo("rwxr-xr-x");
  }

  private static String permissions(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
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

  @Test
  void liesInTheUsersFolderUnlessItIsNamed() {
    Map<String, String> environment = Map.of("HOME", "/home/ada");
    assertThat(Home.of(null, environment, "/home/eve").root())
        .isEqualTo(Path.of("/home/ada/.espalier"));
    assertThat(Home.of(null, Map.of(), "/home/eve").root())
        .isEqualTo(Path.of("/home/eve/.espalier"));
    assertThat(
            Home.of(null, Map.of("HOME", "/home/ada", "ESPALIER_HOME", "/data/e"), "/home/eve")
                .root())
        .isEqualTo(Path.of("/data/e"));
    assertThat(Home.of(Path.of("/data/f"), environment, "/home/eve").root())
        .isEqualTo(Path.of("/data/f"));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", " ", "~", "~/espalier", "~ada/espalier", "$HOME/e", "%h/e"})
  void isNotWhatAShellShouldHaveReplaced(String typed) {
    assertThatThrownBy(() -> Home.of(Path.of(typed), Map.of("HOME", "/home/ada"), "/home/eve"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("--home is ");
    if (!typed.isEmpty()) {
      assertThatThrownBy(() -> Home.of(null, Map.of("ESPALIER_HOME", typed), "/home/eve"))
          .isInstanceOf(InvalidInput.class)
          .hasMessageStartingWith("ESPALIER_HOME is ");
    }
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", "?", "elsewhere"})
  void mustBeNamedForAUserWithoutAFolder(String userHome) {
    assertThatThrownBy(() -> Home.of(null, Map.of(), userHome))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("no home folder")
        .hasMessageContaining("--home DIR");
  }

  @Test
  void saysPlainlyThatAFileStandsWhereOneOfItsFoldersMustBe() throws IOException {
    Home home = new Home(folder.resolve("home")).prepare();
    Files.delete(home.reports());
    Files.writeString(home.reports(), "mine");

    assertThatThrownBy(home::prepare)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(home.reports() + ": something is in the way: move it away")
        .hasMessageNotContaining("make room");
  }
}
