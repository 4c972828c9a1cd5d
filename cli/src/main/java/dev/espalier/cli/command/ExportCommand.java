package dev.espalier.cli.command;

import dev.espalier.api.view.Architectures;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.search.drawing.Drawing;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier export}. */
@Command(
    name = "export",
    sortOptions = false,
    description = "Writes an experiment, its architecture or its report to a file.",
    footer = {"", "Example:", "  espalier export 7f3k --format html -o report.html"})
public final class ExportCommand implements Callable<Integer> {

  /** json: all of it; dot and svg: the architecture; html: the report. */
  enum Format {
    JSON,
    DOT,
    SVG,
    HTML;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "ID", description = "The experiment; the beginning of its id will do.")
  private String id = "";

  @Option(
      names = "--format",
      required = true,
      paramLabel = "F",
      description = {
        "json: all of it, as show --json;",
        "dot, svg: the architecture that was found;",
        "html: the report, one page that stands alone."
      })
  private Format format = Format.JSON;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to (default: -, standard output).")
  private String file = "-";

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    String content;
    try (StoreAccess access = StoreAccess.open(home.home(), "export")) {
      content = content(access.store());
    }
    if (file.equals("-")) {
      output.out().print(content.endsWith("\n") ? content : content + "\n");
      output.out().flush();
    } else {
      write(Path.of(file), content);
      output.remark("Wrote " + file);
    }
    return 0;
  }

  private String content(Store store) {
    ExperimentView view = Experiments.view(store, id);
    return switch (format) {
      case JSON -> Output.pretty(view) + "\n";
      case HTML -> Reports.html(store, view.id());
      case DOT -> Drawing.dot(found(view));
      case SVG -> Drawing.svg(found(view));
    };
  }

  private static Architecture found(ExperimentView view) {
    String architecture = ExperimentLine.of(view).architecture();
    if (architecture == null) {
      throw new InvalidInput(
          "%s has no architecture yet, it is %s. See: espalier show %s"
              .formatted(view.id(), view.state().toLowerCase(Locale.ROOT), view.id()));
    }
    return Architectures.parse(view.space(), architecture);
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InvalidInput(
          "%s cannot be written (%s): name a file in a folder that exists and is yours"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }
}
