package dev.espalier.search.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The project's JSON")
class JsonTest {
  record Inner(int count, List<String> names) {
    boolean isEmpty() {
      return names.isEmpty();
    }

    String getFirst() {
      return names.getFirst();
    }
  }

  record Everything(
      Inner inner,
      Optional<String> note,
      Instant at,
      Duration took,
      double ratio,
      @Nullable Double condition,
      Map<String, Integer> counts) {}

  private static final Everything EVERYTHING =
      new Everything(
          new Inner(2, List.of("a", "b")),
          Optional.of("n"),
          Instant.parse("2026-01-02T03:04:05.678Z"),
          Duration.ofSeconds(90),
          0.25,
          null,
          Map.of("x", 1));

  @Test
  void aRecordComesBackEqual() {
    assertThat(Json.read(Json.write(EVERYTHING), Everything.class)).isEqualTo(EVERYTHING);
  }

  @Test
  void aRecordIsItsComponentsAndNothingElse() {
    assertThat(Json.write(new Inner(2, List.of("a", "b"))))
        .isEqualTo("{\"count\":2,\"names\":[\"a\",\"b\"]}");
  }

  @Test
  void instantsAreText() {
    assertThat(Json.tree(EVERYTHING).get("at").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(Json.tree(EVERYTHING).get("took").asText()).isEqualTo("PT1M30S");
  }

  @Test
  void whatIsNotFiniteIsWrittenAsNull() {
    record Numbers(double a, Double b, float c, List<Double> d) {}
    Numbers numbers =
        new Numbers(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            List.of(3.0, Double.NEGATIVE_INFINITY));
    String json = "{'a':null,'b':null,'c':null,'d':[3.0,null]}".replace('\'', '"');
    assertThat(Json.write(numbers)).isEqualTo(json);
    assertThat(Json.tree(numbers).toString()).isEqualTo(json);
    assertThat(Json.write(new double[] {1, Double.NaN})).isEqualTo("[1.0,null]");
    assertThat(Json.write(new float[] {2, Float.NaN})).isEqualTo("[2.0,null]");
  }

  @Test
  void aNullIsReadAsNotANumberAndNeverAsZero() {
    record Ratio(double ratio) {}
    assertThat(Json.read("{\"ratio\":null}", Ratio.class).ratio()).isNaN();
    assertThat(Json.read("{\"ratio\":0.5}", Ratio.class).ratio()).isEqualTo(0.5);
  }

  @Test
  void unknownFieldsAreIgnored() {
    assertThat(Json.read("{\"count\":1,\"names\":[],\"later\":true}", Inner.class))
        .isEqualTo(new Inner(1, List.of()));
  }

  @Test
  void whatIsNoJsonOfTheTypeIsInvalidInput() {
    assertThatThrownBy(() -> Json.read("{\"count\":\"x\"}", Inner.class))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("Inner");
    assertThatThrownBy(() -> Json.read("null", Inner.class)).isInstanceOf(InvalidInput.class);
  }

  @Test
  void changingACopyOfTheMapperChangesNobodyElse() {
    Json.mapper().enable(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT);
    assertThat(Json.write(new Inner(0, List.of()))).doesNotContain("\n");
  }

  @Test
  void mapsAreWrittenByKey() {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("b", 1);
    map.put("a", 2);
    assertThat(Json.write(map)).isEqualTo("{\"a\":2,\"b\":1}");
  }
}
