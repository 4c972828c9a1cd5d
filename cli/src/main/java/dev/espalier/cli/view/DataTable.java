package dev.espalier.cli.view;

import dev.espalier.activities.data.KnownDataset;
import dev.espalier.api.report.Figures;
import dev.espalier.store.DatasetDocument;
import java.util.ArrayList;
import java.util.List;

/** The data sets that are here, and those that can be fetched. */
public final class DataTable {

  private DataTable() {}

  public static List<String> lines(
      List<DatasetDocument> here, List<KnownDataset> known, Style style) {
    List<String> lines = new ArrayList<>();
    if (here.isEmpty()) {
      lines.add("No data sets yet.");
    } else {
      TextTable table =
          TextTable.of("NAME", "KIND", "SHAPE", "CLASSES>", "TRAIN>", "TEST>", "DIGEST");
      here.forEach(each -> row(table, each));
      lines.addAll(table.lines(style, 0));
    }
    List<String> names = here.stream().map(DatasetDocument::name).toList();
    List<KnownDataset> absent =
        known.stream().filter(each -> !names.contains(each.name())).toList();
    published(
        lines,
        "Can be fetched with: espalier data fetch NAME",
        absent.stream().filter(KnownDataset::isFetchable).toList(),
        style);
    published(
        lines,
        "Only a person can get; espalier data fetch NAME says how:",
        absent.stream().filter(each -> !each.isFetchable()).toList(),
        style);
    return lines;
  }

  private static void published(
      List<String> lines, String heading, List<KnownDataset> published, Style style) {
    if (published.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(heading);
    published.forEach(each ->
        lines.add(
            "  " + Columns.left(each.name(), 15) + style.quiet(Columns.fit(brief(each), 62))));
  }

  /** A title without the name before its colon and the authors in brackets after it. */
  private static String brief(KnownDataset dataset) {
    String title = dataset.title();
    int colon = title.indexOf(": ");
    String rest = colon < 0 ? title : title.substring(colon + 2);
    int bracket = rest.indexOf(" (");
    return bracket < 0 ? rest : rest.substring(0, bracket);
  }

  private static void row(TextTable table, DatasetDocument each) {
    boolean images = each.kind().equals(DatasetDocument.IMAGES);
    boolean features = each.kind().equals(DatasetDocument.FEATURES);
    table.row(
        each.name(),
        each.kind(),
        images
            ? "%dx%dx%d".formatted(each.channels(), each.height(), each.width())
            : features ? Figures.count(each.width()) : "",
        images || features ? Integer.toString(each.classes()) : "",
        images ? Figures.count(each.train()) : Figures.count(each.train()) + " rows",
        images
            ? Figures.count(each.test())
            : each.kind().equals(DatasetDocument.META_DATABASE)
                ? Figures.count(each.test()) + " tasks"
                : "",
        each.digest().substring(0, 12));
  }
}
