package dev.espalier.api.series;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Series;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Every number that an experiment's stages have measured: their series, the numbers in what they
 * measured once (series named by their place, lists numbered by {@code step}), and those in their
 * results, as {@code result/...}.
 */
public final class SeriesReader {
  private final List<SeriesRow> rows = new ArrayList<>();

  private SeriesReader() {}

  /**
   * The numbers in the order of the stages, then by series, round and step.
   *
   * @param name of one series, or what its name begins with before a {@code -} or {@code /}; empty
   *     for all
   */
  public static List<SeriesRow> read(Store store, ExperimentDocument experiment, String name) {
    SeriesReader reader = new SeriesReader();
    for (ExperimentStage stage : experiment.stages()) {
      if (!stage.key().isEmpty()) {
        reader.stage(store, stage.name(), stage.key());
      }
    }
    return reader.rows.stream().filter(row -> isNamed(row.series(), name)).toList();
  }

  private static boolean isNamed(String series, String name) {
    return name.isEmpty()
        || series.equals(name)
        || series.startsWith(name + "-")
        || series.startsWith(name + "/");
  }

  private void stage(Store store, String stage, String key) {
    for (Series series : store.measurements().listSeries(key)) {
      for (Series.Point point : series.points()) {
        rows.add(new SeriesRow(stage, series.name(), series.round(), point.step(), point.value()));
      }
    }
    store
        .measurements()
        .list(key)
        .forEach(each ->
            numbers(
                stage,
                each.name(),
                each.round(),
                0,
                Objects.requireNonNull(Json.read(each.json(), JsonNode.class))));
    for (StageDocument document : store.stages().find(List.of(key))) {
      String result = document.result();
      if (result != null) {
        numbers(stage, "result", 0, 0, Objects.requireNonNull(Json.read(result, JsonNode.class)));
      }
    }
  }

  /** The innermost list numbers the steps; those around it are part of the name. */
  private void numbers(String stage, String name, int round, long step, JsonNode node) {
    if (node.isNumber()) {
      double value = node.asDouble();
      rows.add(new SeriesRow(stage, name, round, step, Double.isFinite(value) ? value : null));
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              each -> numbers(stage, name + "/" + each.getKey(), round, step, each.getValue()));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        JsonNode each = node.get(i);
        boolean inner = each.isContainerNode() && hasList(each);
        numbers(stage, inner ? name + "/" + i : name, round, inner ? 0 : i, each);
      }
    }
  }

  private static boolean hasList(JsonNode node) {
    if (node.isArray()) {
      return true;
    }
    for (JsonNode each : node) {
      if (each.isContainerNode() && hasList(each)) {
        return true;
      }
    }
    return false;
  }
}
