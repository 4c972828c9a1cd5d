package dev.espalier.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {
  @TempDir Path folder;

  private Home home() {
    return new Home(folder).prepare();
  }

  @Test
  void areRememberedUntilTheHomeHasItsOwnAgain() throws IOException {
    Servers elsewhere = new Servers("mongodb://ada:pw@db/espalier", "10.0.0.5:7233", "research");
    elsewhere.write(home());
    assertThat(Servers.of(home())).isEqualTo(elsewhere);

    new Servers(null, null, null).write(home());
    assertThat(Servers.of(home())).isEqualTo(new Servers(null, null, null));
    assertThat(home().serversFile()).doesNotExist();
  }

  @Test
  void areNotGuessedWhereTheirFileIsTorn() throws IOException {
    Files.writeString(home().serversFile(), "{\"mongodb\":");

    assertThatThrownBy(() -> Servers.of(home()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("--mongodb");
  }

  @Test
  void showNoPassword() {
    assertThat(Store.withoutPassword("mongodb://ada:pw@db:27017/espalier"))
        .isEqualTo("mongodb://db:27017/espalier");
    assertThat(Store.withoutPassword("mongodb://db:27017/espalier"))
        .isEqualTo("mongodb://db:27017/espalier");
  }
}
