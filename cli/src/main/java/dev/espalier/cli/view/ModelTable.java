package dev.espalier.cli.view;

import dev.espalier.store.ModelDocument;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The trained models that are here. */
public final class ModelTable {
  private ModelTable() {}

  public static List<String> lines(List<ModelDocument> here, Style style) {
    if (here.isEmpty()) {
      return List.of(
          "No models yet. Import one: espalier model import FILE",
          "Or make small ones:        espalier run metad2a-database, then metad2a-train");
    }
    TextTable table = TextTable.of("NAME", "KIND", "SPACE", "SIZES", "FROM", "DIGEST");
    here.forEach(each ->
        table.row(
            each.name(),
            each.kind(),
            each.space(),
            named(each.sizes(), " "),
            each.origin().getOrDefault("experiment", each.origin().getOrDefault("file", "")),
            each.digest().substring(0, 12)));
    return table.lines(style, 0);
  }

  /** One model, a line for each thing that is known of it. */
  public static List<String> lines(ModelDocument model) {
    return List.of(
        "name    " + model.name(),
        "kind    " + model.kind(),
        "space   " + model.space(),
        "sizes   " + named(model.sizes(), ", "),
        "format  " + model.format(),
        "from    " + named(model.origin(), ", "),
        "since   " + model.imported(),
        "digest  " + model.digest());
  }

  private static String named(Map<String, String> values, String between) {
    return values.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(between));
  }
}
