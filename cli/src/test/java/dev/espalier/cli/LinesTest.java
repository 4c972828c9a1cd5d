package dev.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No line of Java, and none of the prose, is wider than a reader's window. */
final class LinesTest {
  private static final int COLUMNS = 120;
  private static final Path ROOT = Path.of(System.getProperty("espalier.root", ".."));

  /** What a link leads to is not read. */
  private static final Pattern ADDRESS = Pattern.compile("\\]\\([^)]*\\)|https?://\\S+");

  private static List<String> wide(String file, List<String> lines) {
    List<String> wide = new ArrayList<>();
    boolean prose = file.endsWith(".md");
    boolean code = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (prose && line.strip().startsWith("```")) {
        code = !code;
      }
      boolean exempt = prose && (code || line.strip().startsWith("|"));
      String read = prose ? ADDRESS.matcher(line).replaceAll("") : line;
      if (!exempt && read.codePointCount(0, read.length()) > COLUMNS) {
        wide.add("%s:%d".formatted(file, i + 1));
      }
    }
    return wide;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".java") || file.toString().endsWith(".md"))
          .filter(file -> isOurs(ROOT.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private static boolean isOurs(Path file) {
    for (Path part : file) {
      String name = part.toString();
      if (name.equals("target") || name.equals("shared") || name.startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  @Test
  void no_line_is_wider_than_its_reader_s_window() throws IOException {
    List<Path> files = files();
    List<String> wide = new ArrayList<>();
    for (Path file : files) {
      wide.addAll(wide(ROOT.relativize(file).toString(), Files.readAllLines(file)));
    }

    assertThat(files).hasSizeGreaterThan(1_000);
    assertThat(wide).isEmpty();
  }

  @Test
  void a_line_that_is_planted_is_found() {
    String wide = "a".repeat(COLUMNS + 1);

    assertThat(wide("A.java", List.of("a".repeat(COLUMNS), wide))).containsExactly("A.java:2");
    assertThat(wide("a.md", List.of(wide, "| " + wide, "```", wide, "```", wide)))
        .containsExactly("a.md:1", "a.md:6");
    assertThat(wide("a.md", List.of("[a](" + wide + ")", "https://" + wide))).isEmpty();
  }
}
