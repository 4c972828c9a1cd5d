package dev.espalier.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private static final int COLUMNS = 24;

  private static Dashboard dashboard;

  /** Where a panel lies on the grid. */
  private record Area(String title, int x, int y, int width, int height) {
    static Area of(JsonNode panel) {
      JsonNode position = panel.path("gridPos");
      return new Area(
          panel.path("title").asText(),
          position.path("x").asInt(-1),
          position.path("y").asInt(-1),
          position.path("w").asInt(),
          position.path("h").asInt());
    }

    boolean overlaps(Area other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }

  @BeforeAll
  static void read() throws IOException {
    dashboard = Dashboard.read(Places.DASHBOARD);
  }

  @Test
  void isOneThatGrafanaCanProvision() {
    assertThat(dashboard.json().path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
    assertThat(dashboard.json().path("uid").asText()).matches("[a-z0-9-]{1,40}");
    assertThat(dashboard.json().path("title").asText()).isNotBlank();
    assertThat(dashboard.json().has("id")).as("an id belongs to one server").isFalse();
  }

  @Test
  void hasAVariableForItsDataSourceAndOneForTheExperiment() {
    assertThat(dashboard.variables().map(each -> each.path("name").asText()))
        .containsExactly("datasource", "experiment");
    assertThat(dashboard.variables().map(each -> each.path("type").asText()))
        .containsExactly("datasource", "query");
  }

  @Test
  void hasThreeRows() {
    assertThat(dashboard.panels())
        .filteredOn(panel -> panel.path("type").asText().equals("row"))
        .extracting(row -> row.path("title").asText())
        .containsExactly("Overview", "One experiment: $experiment", "Workers");
  }

  @Test
  void givesEachPanelAnIdAndATitleOfItsOwn() {
    assertThat(dashboard.panels())
        .extracting(panel -> panel.path("id").asInt())
        .allMatch(id -> id > 0)
        .doesNotHaveDuplicates();
    assertThat(dashboard.panels())
        .extracting(panel -> panel.path("title").asText())
        .allMatch(title -> !title.isBlank())
        .doesNotHaveDuplicates();
  }

  @Test
  void laysNoPanelOverAnotherOrBeyondTheEdge() {
    List<Area> areas = dashboard.panels().stream().map(Area::of).toList();
    assertThat(areas)
        .allMatch(area -> area.x() >= 0 && area.y() >= 0 && area.width() > 0 && area.height() > 0)
        .allMatch(area -> area.x() + area.width() <= COLUMNS);
    List<String> overlaps = new ArrayList<>();
    for (int i = 0; i < areas.size(); i++) {
      for (Area later : areas.subList(i + 1, areas.size())) {
        if (areas.get(i).overlaps(later)) {
          overlaps.add("%s and %s".formatted(areas.get(i).title(), later.title()));
        }
      }
    }
    assertThat(overlaps).isEmpty();
  }

  @Test
  void saysInEachPanelWhatItShowsAndInWhichUnit() {
    assertThat(dashboard.graphs())
        .allSatisfy(panel -> {
          assertThat(panel.path("description").asText()).isNotBlank();
          assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
              .as("unit of %s", panel.path("title"))
              .isNotBlank();
        });
  }

  @Test
  void asksEveryQuestionOfTheChosenDataSourceAndNamesTheAnswers() {
    Stream.concat(
            dashboard.graphs().stream(), dashboard.queries().stream().map(Dashboard.Query::target))
        .forEach(asking -> {
          assertThat(asking.path("datasource").path("type").asText()).isEqualTo("prometheus");
          assertThat(asking.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
        });
    assertThat(dashboard.queries())
        .isNotEmpty()
        .allSatisfy(query ->
            assertThat(query.target().path("legendFormat").asText()).as("%s", query).isNotBlank());
  }

  @Test
  void tellsThePanelsQuestionsApart() {
    assertThat(dashboard.graphs())
        .allSatisfy(panel ->
            assertThat(panel.path("targets").valueStream().map(each -> each.path("refId").asText()))
                .isNotEmpty()
                .doesNotHaveDuplicates());
  }

  @Test
  void asksOnlyForMetricsThatExist() {
    assertThat(dashboard.queries())
        .allSatisfy(query ->
            assertThat(MetricNames.known())
                .as("%s", query)
                .containsAll(MetricNames.in(query.expression())));
  }

  @Test
  void usesNoVariableThatIsNotThere() {
    assertThat(dashboard.queries())
        .allSatisfy(query ->
            assertThat(query.substituted("te-nas-1", java.time.Duration.ofMinutes(1)))
                .doesNotContain("$"));
  }

  @Test
  void isProvisionedTogetherWithItsDataSource() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    JsonNode provider =
        yaml.readTree(Places.PROVISIONING.resolve("dashboards/espalier.yaml").toFile())
            .path("providers")
            .path(0);
    assertThat(provider.path("type").asText()).isEqualTo("file");
    assertThat(provider.path("options").path("path").asText())
        .isEqualTo("$__env{ESPALIER_DASHBOARDS}");
    JsonNode source =
        yaml.readTree(Places.PROVISIONING.resolve("datasources/prometheus.yaml").toFile())
            .path("datasources")
            .path(0);
    assertThat(source.path("type").asText()).isEqualTo("prometheus");
    assertThat(source.path("uid").asText()).isNotBlank();
    assertThat(source.path("url").asText()).isEqualTo("$__env{ESPALIER_PROMETHEUS}");
  }

  @Test
  void scrapesAsOftenAsGrafanaIsTold() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    JsonNode scraped = yaml.readTree(Places.PROMETHEUS.resolve("prometheus.yml").toFile());
    JsonNode told =
        yaml.readTree(Places.PROVISIONING.resolve("datasources/prometheus.yaml").toFile());
    assertThat(told.path("datasources").path(0).path("jsonData").path("timeInterval").asText())
        .isEqualTo(scraped.path("global").path("scrape_interval").asText());
  }
}
