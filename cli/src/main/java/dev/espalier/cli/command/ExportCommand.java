package dev.espalier.cli.command;

import dev.espalier.api.series.SeriesFile;
import dev.espalier.api.series.SeriesReader;
import dev.espalier.api.series.SeriesRow;
import dev.espalier.api.view.Architectures;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.report.Reports;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier export}. */
@Command(
    name = "export",
    sortOptions = false,
    description =
        "Writes an experiment, its architecture, its trained network, its report or its numbers to a file.",
    footer = {
      "",
      "Examples:",
      "  espalier export 7f3k --format html -o report.html",
      "  espalier export 7f3k --format onnx -o network.onnx",
      "  espalier export 7f3k --format parquet --series validation"
    })
public final class ExportCommand implements Callable<Integer> {

  enum Format {
    JSON,
    GENOTYPE,
    DOT,
    SVG,
    ONNX,
    SAFETENSORS,
    HTML,
    CSV,
    PARQUET;

    /** Not to be read on a terminal. */
    boolean isBinary() {
      return this == ONNX || this == SAFETENSORS || this == PARQUET;
    }

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
        "genotype: the architecture that was found, in the notation of its space;",
        "dot, svg: a drawing of it;",
        "onnx: its trained network, ready to run;",
        "safetensors: the network's weights;",
        "html: the report, one page that stands alone;",
        "csv, parquet: every number it has measured, for notebooks."
      })
  private Format format = Format.JSON;

  @Option(
      names = "--series",
      paramLabel = "NAME",
      description = {
        "Of csv and parquet: one series, or what its name begins",
        "with before a - or /, such as loss (default: all)."
      })
  private @Nullable String series;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to (default: -, standard output; of what is no text, ID.FORMAT).")
  private @Nullable String file;

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    if (series != null && format != Format.CSV && format != Format.PARQUET) {
      throw new InvalidInput(
          "--series goes with --format csv or parquet, but the format is " + format);
    }
    byte[] content;
    String name;
    try (StoreAccess access = StoreAccess.open(home.home(), "export")) {
      ExperimentView view = ExperimentQueries.view(access.store(), id);
      content = content(access.store(), view);
      name = file != null ? file : format.isBinary() ? view.id() + "." + format : "-";
    }
    if (name.equals("-")) {
      print(content);
    } else {
      write(Path.of(name), content);
      output.remark("Wrote " + name);
    }
    return 0;
  }

  private void print(byte[] content) {
    if (format.isBinary()) {
      throw new InvalidInput("%s is no text: name a file with -o".formatted(format));
    }
    String text = new String(content, StandardCharsets.UTF_8);
    output.out().print(text.endsWith("\n") ? text : text + "\n");
    output.out().flush();
  }

  private byte[] content(Store store, ExperimentView view) {
    return switch (format) {
      case JSON -> text(Output.pretty(view) + "\n");
      case GENOTYPE -> text(found(view).canonical() + "\n");
      case CSV -> SeriesFile.CSV.write(series(store, view));
      case PARQUET -> SeriesFile.PARQUET.write(series(store, view));
      case HTML -> text(Reports.html(store, view.id()));
      case DOT -> text(found(view).dot());
      case SVG -> text(found(view).svg());
      case ONNX -> new TrainedNetworkFile(home.home(), store, view).onnx();
      case SAFETENSORS -> new TrainedNetworkFile(home.home(), store, view).weights();
    };
  }

  private List<SeriesRow> series(Store store, ExperimentView view) {
    String name = Objects.requireNonNullElse(series, "");
    ExperimentDocument experiment = store.experiments().find(view.id()).orElseThrow();
    List<SeriesRow> rows = SeriesReader.read(store, experiment, name);
    if (rows.isEmpty() && !name.isEmpty()) {
      List<String> names =
          SeriesReader.read(store, experiment, "").stream()
              .map(SeriesRow::series)
              .distinct()
              .toList();
      throw new InvalidInput(
          "%s has no series %s, but %s.%s"
              .formatted(
                  view.id(),
                  name,
                  names.isEmpty() ? "none yet" : String.join(", ", names),
                  DidYouMean.sentence(name, names)));
    }
    return rows;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Architecture found(ExperimentView view) {
    String architecture = ExperimentLine.of(view).architecture();
    if (architecture == null) {
      throw new InvalidInput(
          "%s has no architecture yet, it %s. See: espalier show %s"
              .formatted(view.id(), Standing.of(view.state()), view.id()));
    }
    return Architectures.parse(view.space(), architecture);
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new InvalidInput(
          "%s cannot be written (%s): name a file in a folder that exists and is yours"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }
}
