package dev.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  @TempDir Path folder;

  @Test
  void makesOnlyTheCommandThatIsAskedFor() {
    assertThat(Commands.forArguments(new String[] {"list", "--json"}).getSubcommands())
        .containsOnlyKeys("list");
    assertThat(Commands.forArguments(new String[] {"--help"}).getSubcommands())
        .containsKeys("up", "list", "doctor");
    assertThat(Commands.forArguments(new String[] {"lsit"}).getSubcommands()).containsKey("list");
    assertThat(Commands.forArguments(new String[0]).getSubcommands()).containsKey("list");
    assertThat(Commands.forArguments(new String[] {"help", "list"}).getSubcommands())
        .containsKeys("help", "list", "up");
    assertThat(Commands.forArguments(new String[] {"completion", "zsh"}).getSubcommands())
        .containsKeys("list", "up");
  }

  @Test
  void typicalUseAsksAnUpAndOpensTheStore() throws Exception {
    Path loaded = folder.resolve("loaded");
    Path home = Files.createDirectory(folder.resolve("home"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.espalier.cli.TypicalUse")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(Files.readString(loaded))
        .contains(
            "sun.net.www.protocol.http.HttpURLConnection ",
            "dev.espalier.cli.view.ExperimentTable ",
            "dev.espalier.store.embedded.EmbeddedStore ",
            "com.mongodb.client.internal.MongoClientImpl ")
        // what a short command has no time for
        .doesNotContain(
            "ai.djl.",
            "io.temporal.worker.",
            "sun.security.ssl.SSLContextImpl",
            "jdk.internal.net.http.HttpClientImpl ",
            "com.sun.org.apache.xerces.");
  }
}
