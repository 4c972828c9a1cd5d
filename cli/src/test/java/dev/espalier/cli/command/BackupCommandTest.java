package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a home where nothing runs, restored in another one. */
class BackupCommandTest {
  @TempDir private Path folder;

  @Test
  void aHomeIsFilledFromABackupAndNeverOverAnother() throws Exception {
    Path home = folder.resolve("home");
    Path other = folder.resolve("other");
    String file = folder.resolve("espalier.backup").toString();
    try (StoreAccess access = StoreAccess.open(new Home(home), "test")) {
      StoredExamples.insertAll(access.store());
    }
    Shell.Result written = new Shell(home).run("backup", file);
    assertThat(written.out()).contains("is a backup of " + home, "espalier restore " + file);
    assertThat(new Shell(home).run("backup", file).err()).contains("is there already");
    assertThat(new Shell(home).run("restore", file).status()).isEqualTo(2);

    Shell.Result restored = new Shell(other).run("restore", file);

    assertThat(restored.out()).as(restored.err()).contains("are as they were written");
    assertThat(new Shell(other).run("show", StoredExamples.COMPLETED, "--json").out())
        .isEqualTo(new Shell(home).run("show", StoredExamples.COMPLETED, "--json").out());
    assertThat(new Shell(other).run("restore", file).err()).contains("an empty home only");
    Path third = folder.resolve("third");
    Path text = Files.writeString(folder.resolve("text"), "nothing");
    assertThat(new Shell(third).run("restore", text.toString()).status()).isEqualTo(2);
    assertThat(new Shell(third).run("restore", folder.resolve("none").toString()).err())
        .contains("there is no file");
    assertThat(new Shell(third).run("restore", file).status()).isZero();
  }
}
