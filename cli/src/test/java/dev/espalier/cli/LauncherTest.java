package dev.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, with a Java that prints what it was called with. */
@DisplayName("The espalier script")
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "espalier").toAbsolutePath().normalize();

  @TempDir Path folder;
  private Path jdk;

  @BeforeEach
  void makeJava() throws IOException {
    jdk = Files.createDirectories(folder.resolve("jdk"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        for word; do
          case $word in
            -XX:AOTCacheOutput=*)
              echo one >>"$0.caches"
              [ ! -e "$0.full" ] || { echo torn >"${word#*=}.config"; exit 1; }
              echo cache >"${word#*=}"
              exit 0
              ;;
          esac
        done
        printf 'LC_ALL=%s\\nDJL_CACHE_DIR=%s\\n' "$LC_ALL" "${DJL_CACHE_DIR:-}"
        printf '%s\\n' "$@"
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  private Path installed(String name) throws IOException {
    Path root = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(root.resolve("lib"));
    Path script = Files.copy(SCRIPT, root.resolve("espalier"));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return root;
  }

  private record Ended(int status, String output) {}

  private Ended run(Path workingFolder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(workingFolder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ESPALIER"));
    builder.environment().remove("DJL_CACHE_DIR");
    builder.environment().remove("XDG_CACHE_HOME");
    builder.environment().put("ESPALIER_JDK", jdk.toString());
    builder.environment().put("HOME", folder.resolve("user").toString());
    builder.environment().putAll(environment);
    environment.forEach((name, value) -> {
      if (value.equals("unset")) {
        builder.environment().remove(name);
      }
    });
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  @Test
  void givesJavaUnicodeWhateverTheShellHas() throws Exception {
    Path root = installed("esp");
    Ended ended = run(root, Map.of("LC_ALL", "C", "LANG", "C"), "./espalier", "data", "list");
    assertThat(ended.output()).containsPattern("LC_ALL=\\S+UTF-8\n");
  }

  @Test
  void isFoundWhateverTheShellsPathOfFoldersIs() throws Exception {
    Path root = installed("esp");
    Files.createDirectories(folder.resolve("elsewhere/esp"));
    Ended ended =
        run(
            folder,
            Map.of("CDPATH", folder.resolve("elsewhere").toString()),
            "esp/espalier",
            "list");
    assertThat(ended.output()).contains("-Despalier.root=" + root.toRealPath() + "\n");
  }

  @Test
  void hasNoColonInItsClassPath() throws Exception {
    Path root = installed("date 12:30/esp");
    Ended ended = run(root, Map.of(), "./espalier", "list");
    String libraries =
        ended.output().lines().filter(line -> line.endsWith("/lib/*")).toList().getLast();
    assertThat(libraries).doesNotContain(":");
    assertThat(Objects.requireNonNull(Path.of(libraries).getParent()).toRealPath())
        .isEqualTo(root.resolve("lib").toRealPath());
    Ended nowhere = run(root, Map.of("HOME", folder + "/a:b"), "./espalier", "list");
    assertThat(nowhere.status()).isEqualTo(2);
    assertThat(nowhere.output()).contains("has a colon").contains("move the folder");
  }

  @Test
  void takesTheUsersFolderFromTheEnvironmentAsJavaDoes() throws Exception {
    Path root = installed("esp");
    Path user = folder.resolve("user");
    Ended ended = run(root, Map.of(), "./espalier", "score");
    assertThat(ended.output())
        .contains("-Duser.home=" + user + "\n")
        .contains("DJL_CACHE_DIR=" + user + "/.espalier/engine\n");
  }

  @Test
  void laysNothingOutWhereNoShellHasReplacedTheTilde() throws Exception {
    Path root = installed("esp");
    assertThat(run(root, Map.of(), "./espalier", "score", "--home", "~/x").output())
        .contains("DJL_CACHE_DIR=\n");
    assertThat(run(root, Map.of(), "./espalier", "score", "--home=").output())
        .contains("DJL_CACHE_DIR=\n");
  }

  @Test
  void startsFromACacheOfClassesThatIsMadeOnceForABuild() throws Exception {
    Path root = installed("a folder");
    Files.createFile(root.resolve("lib/cli-1.2.3.jar"));
    Map<String, String> now = Map.of("ESPALIER_AOT", "now");
    String first = run(root, now, "./espalier", "list").output();
    assertThat(run(root, now, "./espalier", "show", "x").output())
        .isEqualTo(first.replace("\nlist\n", "\nshow\nx\n"));
    assertThat(first)
        .containsPattern(
            "\n-XX:AOTCache=" + root.toRealPath() + "/aot-\\d+/commands\n-Xlog:disable\n")
        .contains("\n-cp\n" + root.toRealPath() + "/lib/cli-1.2.3.jar\n");
    assertThat(caches()).isOne();
  }

  @Test
  void leavesTheCacheOutWhereItDoesNotFit() throws Exception {
    Path root = installed("esp");
    Files.createFile(root.resolve("lib/cli-1.2.3.jar"));
    run(root, Map.of("ESPALIER_AOT", "now"), "./espalier", "list");
    assertThat(run(root, Map.of(), "./espalier", "list").output()).contains("AOTCache");

    assertThat(run(root, Map.of(), "./espalier", "--version").output()).doesNotContain("AOTCache");
    assertThat(run(root, Map.of(), "./espalier", "worker").output()).doesNotContain("AOTCache");
    for (Map<String, String> environment :
        List.of(
            Map.of("ESPALIER_AOT", "never"),
            Map.of("JAVA_TOOL_OPTIONS", "-Xshare:off"),
            Map.of("ESPALIER_JVM", "-XX:SharedArchiveFile=x"))) {
      assertThat(run(root, environment, "./espalier", "list").output()).doesNotContain("AOTCache=");
    }
  }

  @Test
  void doesWithoutACacheWhereNoneCanBeMade() throws Exception {
    Path root = installed("esp");
    Files.createFile(root.resolve("lib/cli-1.2.3.jar"));
    Files.createFile(jdk.resolve("bin/java.full"));
    Map<String, String> now = Map.of("ESPALIER_AOT", "now");
    for (int time = 0; time < 2; time++) {
      Ended ended = run(root, now, "./espalier", "list");
      assertThat(ended.status()).isZero();
      assertThat(ended.output()).endsWith("\nlist\n").doesNotContain("AOTCache");
    }
    assertThat(caches()).isOne();
    try (Stream<Path> left = Files.walk(root)) {
      assertThat(left.filter(Files::isRegularFile)).hasSize(2); // the script and the jar
    }
  }

  private long caches() throws IOException {
    return Files.readAllLines(jdk.resolve("bin/java.caches")).size();
  }
}
