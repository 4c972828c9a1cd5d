package dev.espalier.cli.command;

import dev.espalier.activities.data.DataCatalog;
import dev.espalier.activities.data.ImportFormat;
import dev.espalier.activities.data.ImportOptions;
import dev.espalier.activities.data.Imported;
import dev.espalier.activities.data.Verification;
import dev.espalier.api.catalogue.DataView;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.view.DataTable;
import dev.espalier.store.DatasetDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier data}. */
@Command(
    name = "data",
    description = "The data sets and accuracy tables of this home.",
    subcommands = {
      DataCommand.ListData.class,
      DataCommand.FetchData.class,
      DataCommand.ImportData.class,
      DataCommand.ExportData.class,
      DataCommand.RemoveData.class,
      DataCommand.VerifyData.class
    },
    synopsisSubcommandLabel = "list | fetch | import | export | remove | verify",
    footer = {"", "Example:", "  espalier data fetch fashion-mnist"})
public final class DataCommand {

  /** {@code espalier data list}. */
  @Command(
      name = "list",
      description = "Lists what is here, and what can be fetched by name.",
      footer = {"", "Example:", "  espalier data list --json"})
  static final class ListData implements Callable<Integer> {

    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final Output output = new Output();

    @Option(names = "--json", description = "Print what is here as a JSON array.")
    private boolean json;

    @Override
    public Integer call() {
      Home place = home.home();
      try (StoreAccess access = StoreAccess.open(place, "data list")) {
        DataCatalog catalog = new DataCatalog(access.store(), place.root());
        if (json) {
          output.json(catalog.stored().stream().map(DataCommand::view).toList());
        } else {
          output.lines(DataTable.lines(catalog.stored(), catalog.known(), output.style()));
        }
      }
      return 0;
    }
  }

  /** {@code espalier data fetch}. */
  @Command(
      name = "fetch",
      description = {
        "Fetches a published data set or table, see: espalier data list",
        "What has come is kept and continued after a failure; every file must have",
        "the digest that is known of it."
      },
      footer = {
        "",
        "Examples:",
        "  espalier data fetch fashion-mnist",
        "  espalier data fetch oxford-pets --image-size 32"
      })
  static final class FetchData implements Callable<Integer> {

    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final Output output = new Output();

    @Parameters(paramLabel = "NAME", description = "What to fetch, see: espalier data list")
    private String name = "";

    @Option(
        names = "--image-size",
        paramLabel = "N",
        description = "Side of pictures of many sizes (default: at most 64).")
    private @Nullable Integer imageSize;

    @Option(names = "--json", description = "Print the data set as a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
      Home place = home.home();
      OptionalInt side = imageSize == null ? OptionalInt.empty() : OptionalInt.of(imageSize);
      Imported fetched;
      try (StoreAccess access = StoreAccess.open(place, "data fetch");
          OneLine progress = new OneLine(output)) {
        fetched = new DataCatalog(access.store(), place.root()).fetch(name, side, progress);
      }
      tell(output, fetched, json);
      return 0;
    }
  }

  /** {@code espalier data import}. */
  @Command(
      name = "import",
      sortOptions = false,
      description = "Imports images, a table, latencies, a meta-database or features from files.",
      footer = {
        "",
        "Formats of images:",
        "  cifar10, cifar100  folder of *.bin, or one file",
        "  idx                folder of *-ubyte[.gz], as MNIST's",
        "  svhn               train_32x32.mat and test_32x32.mat",
        "  imagenet16         train_data_batch_1 to _10 and val_data, classes 1 to 120",
        "  folder             train/CLASS/*.jpg and val/ or test/, or CLASS/*.jpg",
        "  fgvc-aircraft      the unpacked archive: images and lists",
        "  oxford-pets        images/ and annotations/, both archives unpacked",
        "Formats of tables:",
        "  nas-bench-201      CSV of accuracies by index and arch",
        "  nats-bench         the official folder NATS-tss-v1_0-3ffb9-simple",
        "  nas-bench-101      *.tfrecord, HDF5, Arrow, CSV, JSON: a row a training",
        "  accuracies         CSV architecture,validation[,test], ratios in 0..1",
        "  latencies          CSV of networks, a column of milliseconds a device",
        "Formats for MetaD2A:",
        "  meta-database      the published *.pt, CSV task,arch,accuracy[,split]",
        "  features           *bylabel.pt, *_features_f16.bin with *_labels_u8.bin",
        "",
        "Examples:",
        "  espalier data import cifar-10-batches-bin --format cifar10 --name cifar10",
        "  espalier data import measured.csv --format accuracies --name measured",
        "  espalier data import nasbench_full.tfrecord --format nas-bench-101 --name nb101"
      })
  static final class ImportData implements Callable<Integer> {

    @Parameters(paramLabel = "PATH", description = "A folder or a file.")
    private Path path = Path.of("");

    @Option(names = "--format", required = true, paramLabel = "F", description = "See below.")
    private String format = "";

    @Option(
        names = "--name",
        required = true,
        paramLabel = "N",
        description = "Its name from now on.")
    private String name = "";

    @Option(
        names = "--record-labels",
        paramLabel = "1|2",
        description = "Label bytes of a CIFAR record (default: 1 for cifar10, 2 for cifar100).")
    private @Nullable Integer recordLabels;

    @Option(
        names = "--image-size",
        paramLabel = "N",
        description = "Side of pictures of many sizes (default: the usual, at most 64).")
    private @Nullable Integer imageSize;

    @Option(
        names = "--level",
        paramLabel = "L",
        description = "fgvc-aircraft: variant (default), family or manufacturer.")
    private @Nullable String level;

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "Decides the test part of data that comes without one (default: 0).")
    private long seed;

    @Option(names = "--json", description = "Print the data set as a JSON object.")
    private boolean json;

    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
      Home place = home.home();
      ImportFormat layout = ImportFormat.parse(format);
      Imported imported;
      try (StoreAccess access = StoreAccess.open(place, "data import");
          OneLine progress = new OneLine(output)) {
        DataCatalog catalog = new DataCatalog(access.store(), place.root());
        imported = catalog.importFrom(path, layout, name, options(), progress);
      }
      tell(output, imported, json);
      return 0;
    }

    private ImportOptions options() {
      ImportOptions options = ImportOptions.DEFAULTS.withSeed(seed);
      if (recordLabels != null) {
        options = options.withRecordLabels(recordLabels);
      }
      if (imageSize != null) {
        options = options.withImageSize(imageSize);
      }
      return level == null ? options : options.withLevel(level);
    }
  }

  /** {@code espalier data export}. */
  @Command(
      name = "export",
      sortOptions = false,
      description = "Writes a table, meta-database or features to a file.",
      footer = {
        "",
        "Formats of tables that keep all trainings:",
        "  hdf5      the layout that NAS-Bench-101 was published in for predictors",
        "  arrow     a column for each number; the smallest, and the fastest to read",
        "  tfrecord  the records of NAS-Bench-101 itself",
        "  csv       a row for each training; other tables are written as CSV too",
        "Meta-databases and features are written in their own layout (docs/metad2a.md).",
        "",
        "Example:",
        "  espalier data export nb101 nb101.hdf5"
      })
  static final class ExportData implements Callable<Integer> {

    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "NAME", description = "The table.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Must not be there yet.")
    private Path file = Path.of("");

    @Option(
        names = "--format",
        paramLabel = "F",
        description = "See below (default: as the file's name ends).")
    private @Nullable String format;

    @Override
    public Integer call() throws IOException {
      Home place = home.home();
      try (StoreAccess access = StoreAccess.open(place, "data export")) {
        new DataCatalog(access.store(), place.root())
            .export(name, file, Optional.ofNullable(format));
      }
      output.line("%s: written to %s".formatted(name, file));
      return 0;
    }
  }

  /** {@code espalier data remove}. */
  @Command(
      name = "remove",
      description = {
        "Takes a name out of the catalogue. The data itself stays in the store, for",
        "the experiments that used it."
      },
      footer = {"", "Example:", "  espalier data remove measured"})
  static final class RemoveData implements Callable<Integer> {

    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final Output output = new Output();

    @Parameters(paramLabel = "NAME", description = "The data set, see: espalier data list")
    private String name = "";

    @Override
    public Integer call() {
      Home place = home.home();
      try (StoreAccess access = StoreAccess.open(place, "data remove")) {
        new DataCatalog(access.store(), place.root()).remove(name);
      }
      output.line("%s: removed".formatted(name));
      return 0;
    }
  }

  /** {@code espalier data verify}. */
  @Command(
      name = "verify",
      description = "Reads a stored data set whole and compares its digest.",
      footer = {"", "Example:", "  espalier data verify cifar10"})
  static final class VerifyData implements Callable<Integer> {

    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final Output output = new Output();

    @Parameters(paramLabel = "NAME", description = "The data set, see: espalier data list")
    private String name = "";

    @Override
    public Integer call() throws IOException {
      Home place = home.home();
      try (StoreAccess access = StoreAccess.open(place, "data verify")) {
        Verification verification = new DataCatalog(access.store(), place.root()).verify(name);
        if (verification.sound()) {
          output.line(verification.sentence());
          return 0;
        }
        output.remark("espalier: " + verification.sentence());
        return 1;
      }
    }
  }

  private static void tell(Output output, Imported imported, boolean json) {
    imported.remarks().forEach(output::remark);
    if (json) {
      output.json(new ImportView(view(imported.dataset()), imported.remarks()));
    } else {
      output.line(imported.sentence());
    }
  }

  private static DataView view(DatasetDocument dataset) {
    return new DataView(
        dataset.name(),
        dataset.kind(),
        dataset.digest(),
        dataset.channels(),
        dataset.height(),
        dataset.width(),
        dataset.classes(),
        dataset.classNames(),
        dataset.train(),
        dataset.test(),
        dataset.format(),
        dataset.imported());
  }
}
