package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.Garden.Growth;
import dev.espalier.search.canonical.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of an experiment, as a list and as files, read by readers of others. */
final class SeriesApiTest {
  private static final String ID = "te-nas-series22";
  private static final String PATH = "/api/experiments/%s/series".formatted(ID);

  @TempDir private static Path folder;
  private static PlantedServer planted;
  private static Http http;

  @BeforeAll
  static void plant() {
    planted = PlantedServer.start(folder);
    http = planted.http();
    planted.garden().plant(ID, 0, Growth.COMPLETED);
    planted.garden().plant("te-nas-series33", 0, Growth.QUEUED);
    String evaluate = Digest.sha256(ID + "/evaluate");
    planted.store().measurements().append(evaluate, 0, "odd,\"name\"", 700, 0.1);
    planted.store().measurements().append(evaluate, 0, "odd,\"name\"", 3, Double.NaN);
  }

  @AfterAll
  static void close() {
    planted.close();
  }

  private static JsonNode rows(String query) {
    return http.json(PATH + query);
  }

  @Test
  void listsSeriesSingleNumbersAndResultsInLongForm() {
    JsonNode odd = rows("?q=odd");
    assertThat(odd).hasSize(2);
    assertThat(odd.get(0).path("stage").asText()).isEqualTo("evaluate");
    assertThat(odd.get(0).path("step").asInt()).isEqualTo(3);
    assertThat(odd.get(0).path("value").isNull()).isTrue();
    assertThat(odd.get(1).path("step").asInt()).isEqualTo(700);
    assertThat(odd.get(1).path("value").asDouble()).isEqualTo(0.1);

    JsonNode regions = rows("?q=round/candidates/regionDelta");
    JsonNode findings = http.json("/api/experiments/%s/plots".formatted(ID));
    JsonNode first = findings.at("/rounds/0/candidates");
    for (int i = 0; i < first.size(); i++) {
      assertThat(regions.get(i).path("step").asInt()).isEqualTo(i);
      assertThat(regions.get(i).path("value").asDouble())
          .isEqualTo(first.get(i).path("regionDelta").asDouble());
    }
    assertThat(rows("?q=result/parameters")).isNotEmpty();
  }

  @Test
  void writesOneSeriesOrThoseThatBeginSoAsCsv() {
    assertThat(http.get(PATH + "/csv?name=odd,%22name%22").body())
        .isEqualTo(
            """
            stage,series,round,step,value
            evaluate,"odd,""name\""",0,3,
            evaluate,"odd,""name\""",0,700,0.1
            """);
    assertThat(http.get(PATH + "/csv?name=round/candidates").body().lines().skip(1))
        .isNotEmpty()
        .allMatch(line -> line.contains(",round/candidates/"));
    assertThat(http.get(PATH + "/csv?name=roun").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {ID, "te-nas-series33"})
  void writesParquetThatOthersReadTheSame(String id) throws IOException {
    Path python = PythonTools.require("python");
    Path csv = folder.resolve(id + ".csv");
    Path parquet = folder.resolve(id + ".parquet");
    Files.write(csv, http.bytes("/api/experiments/%s/series/csv".formatted(id)).body());
    Files.write(parquet, http.bytes("/api/experiments/%s/series/parquet".formatted(id)).body());
    Path script = folder.resolve(id + ".py");
    try (InputStream stream = SeriesApiTest.class.getResourceAsStream("read_parquet.py")) {
      Files.copy(Objects.requireNonNull(stream), script);
    }

    String read =
        PythonTools.run(
            folder,
            Map.of(),
            List.of(python.toString(), script.toString(), parquet.toString(), csv.toString()));

    long rows = Files.readString(csv, StandardCharsets.UTF_8).lines().count() - 1;
    assertThat(read).contains(rows + " rows");
    assertThat(rows).isEqualTo(http.json("/api/experiments/%s/series".formatted(id)).size());
  }
}
