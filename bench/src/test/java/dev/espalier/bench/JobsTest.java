package dev.espalier.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class JobsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static InputStream lines(String... lines) {
    return new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8));
  }

  @Test
  void everyLineIsAnsweredWithTheJobItself() throws Exception {
    Jobs.run(
        lines("count a b", "", "count c"),
        new PrintStream(out, true, UTF_8),
        1,
        words -> Map.of("words", words.size()));

    assertThat(out.toString(UTF_8).lines())
        .hasSize(2)
        .element(0)
        .asString()
        .contains("\"job\":\"count a b\"", "\"words\":3", "\"cpuSeconds\":");
    assertThat(out.toString(UTF_8)).contains("\"job\":\"count c\"");
  }

  @Test
  void aFailureIsToldWhenTheOthersAreAnswered() {
    assertThatThrownBy(() ->
            Jobs.run(
                lines("bad", "good"),
                new PrintStream(out, true, UTF_8),
                2,
                words -> {
                  if (words.getFirst().equals("bad")) {
                    throw new InvalidInput("no such job");
                  }
                  return Map.of();
                }))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no such job");

    assertThat(out.toString(UTF_8)).contains("\"job\":\"good\"").doesNotContain("bad");
  }
}
