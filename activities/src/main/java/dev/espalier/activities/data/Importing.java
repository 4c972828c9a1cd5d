package dev.espalier.activities.data;

import dev.espalier.activities.data.ImportedContent.Architectures;
import dev.espalier.activities.data.ImportedContent.Cells;
import dev.espalier.activities.data.ImportedContent.Pictures;
import dev.espalier.learning.data.CifarBinary;
import dev.espalier.learning.data.CifarBinary.Variant;
import dev.espalier.learning.data.FgvcAircraft;
import dev.espalier.learning.data.FgvcAircraft.Level;
import dev.espalier.learning.data.Idx;
import dev.espalier.learning.data.ImageFolder;
import dev.espalier.learning.data.ImageNet16;
import dev.espalier.learning.data.NatsBench;
import dev.espalier.learning.data.OxfordPets;
import dev.espalier.learning.data.Svhn;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.search.table.ArchitectureTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads files of every format that can be imported. */
final class Importing {
  private static final Pattern TABLE_FILE = Pattern.compile(".*accuracies\\.csv(\\.gz)?");

  private Importing() {}

  /**
   * What the files hold, under a name of the caller's.
   *
   * @throws InvalidInput if they are damaged, missing or something else, or an option does not
   *     belong to the format
   */
  static ImportedContent read(
      ImportFormat format, String name, Path path, ImportOptions options, Consumer<String> progress)
      throws IOException {
    options.checkFor(format);
    OptionalInt labels = options.recordLabels();
    long seed = options.seed();
    return switch (format) {
      case CIFAR10 -> new Pictures(cifar(Variant.CIFAR10, labels).read(name, path, seed));
      case CIFAR100 -> new Pictures(cifar(Variant.CIFAR100, labels).read(name, path, seed));
      case IDX -> new Pictures(Idx.read(name, path, options.classNames(), seed));
      case SVHN -> new Pictures(Svhn.read(name, path, seed));
      case IMAGENET16 -> new Pictures(ImageNet16.read(name, path));
      case FOLDER ->
          new Pictures(ImageFolder.read(name, path, options.imageSize(), seed, progress));
      case FGVC_AIRCRAFT ->
          new Pictures(
              FgvcAircraft.read(
                  name,
                  path,
                  options.level().map(Level::parse).orElse(Level.VARIANT),
                  options.imageSize(),
                  progress));
      case OXFORD_PETS -> new Pictures(OxfordPets.read(name, path, options.imageSize(), progress));
      case NAS_BENCH_201 -> new Cells(cells(name, path));
      case NATS_BENCH -> new Cells(NatsBench.read(name, path, progress));
      case ACCURACIES -> new Architectures(architectures(name, path));
    };
  }

  private static CifarBinary cifar(Variant variant, OptionalInt labels) {
    return labels.isPresent()
        ? CifarBinary.of(variant, labels.getAsInt())
        : CifarBinary.of(variant);
  }

  private static AccuracyTable cells(String name, Path path) throws IOException {
    Path file = path;
    if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        List<Path> tables =
            entries.filter(p -> TABLE_FILE.matcher(p.getFileName().toString()).matches()).toList();
        if (tables.size() != 1) {
          throw new InvalidInput(
              "nas-bench-201: %s holds %d files *accuracies.csv[.gz]: give the file itself; NATS-Bench's own folder has the format nats-bench"
                  .formatted(path, tables.size()));
        }
        file = tables.getFirst();
      }
    }
    if (!Files.isRegularFile(file)) {
      throw new InvalidInput(
          "nas-bench-201: %s does not exist: give a .csv or .csv.gz file".formatted(file));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return AccuracyTable.readCsv(name, in);
    }
  }

  private static ArchitectureTable architectures(String name, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInput("accuracies: %s does not exist: give a .csv file".formatted(file));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return ArchitectureTable.readCsv(name, in);
    }
  }
}
