package dev.espalier.activities.data;

import dev.espalier.activities.data.ImportedContent.Architectures;
import dev.espalier.activities.data.ImportedContent.Cells;
import dev.espalier.activities.data.ImportedContent.FeatureRows;
import dev.espalier.activities.data.ImportedContent.Latencies;
import dev.espalier.activities.data.ImportedContent.MetaRows;
import dev.espalier.activities.data.ImportedContent.Pictures;
import dev.espalier.activities.data.ImportedContent.Trainings;
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
import dev.espalier.learning.features.FeatureFile;
import dev.espalier.learning.published.PublishedDatabases;
import dev.espalier.learning.published.PublishedFeatures;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Reasons;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.latency.LatencyFile;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.space.PrunableSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.search.trainings.files.TrainingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads files of every format that can be imported. */
final class Importing {
  private static final Pattern TABLE_FILE = Pattern.compile(".*accuracies\\.csv(\\.gz)?");

  private static final int SHOWN = 20;

  private Importing() {}

  /**
   * What the files hold, under a name of the caller's.
   *
   * @param remarks are told what was understood, and what was left out
   * @throws InvalidInput if they are damaged, missing or something else, or an option does not
   *     belong to the format
   */
  static ImportedContent read(
      ImportFormat format,
      String name,
      Path path,
      ImportOptions options,
      Remarks remarks,
      Consumer<String> progress) {
    options.checkFor(format);
    checkThere(format, path);
    try {
      ImportedContent content = content(format, name, path, options, remarks, progress);
      if (content instanceof Pictures pictures) {
        pictures.dataset().gaps().forEach(remarks::add);
      }
      return content;
    } catch (OutOfMemoryError e) {
      throw new InvalidInput(
          ("%s: %s does not fit into the memory of this command (%,d MiB): "
                  + "give it more with ESPALIER_JVM=-Xmx..., or import less")
              .formatted(format.label(), path, Runtime.getRuntime().maxMemory() >> 20),
          e);
    } catch (IOException e) {
      throw new InvalidInput("%s: %s: %s".formatted(format.label(), path, Reasons.of(e)), e);
    }
  }

  private static void checkThere(ImportFormat format, Path path) {
    if (!Files.exists(path)) {
      throw new InvalidInput(
          "%s: %s %s: give %s"
              .formatted(format.label(), path, Input.absence(path), format.expected()));
    }
    if (!Files.isReadable(path) || (Files.isDirectory(path) && !Files.isExecutable(path))) {
      throw new InvalidInput(
          "%s: %s: there is no permission to read it".formatted(format.label(), path));
    }
    if (Files.isRegularFile(path) && format.isFolder()) {
      String words = Input.of(path).words();
      boolean packed = words.contains("archive") || words.contains("compressed");
      throw new InvalidInput(
          "%s: %s is not a folder, but %s: %sgive %s"
              .formatted(
                  format.label(), path, words, packed ? "unpack it, and " : "", format.expected()));
    }
  }

  private static ImportedContent content(
      ImportFormat format,
      String name,
      Path path,
      ImportOptions options,
      Remarks remarks,
      Consumer<String> progress)
      throws IOException {
    OptionalInt labels = options.recordLabels();
    long seed = options.seed();
    return switch (format) {
      case CIFAR10 -> new Pictures(cifar(Variant.CIFAR10, labels).read(name, path, seed, remarks));
      case CIFAR100 ->
          new Pictures(cifar(Variant.CIFAR100, labels).read(name, path, seed, remarks));
      case IDX -> new Pictures(Idx.read(name, path, options.classNames(), seed, remarks));
      case SVHN -> new Pictures(Svhn.read(name, path, seed, remarks));
      case IMAGENET16 -> new Pictures(ImageNet16.read(name, path));
      case FOLDER ->
          new Pictures(ImageFolder.read(name, path, options.imageSize(), seed, remarks, progress));
      case FGVC_AIRCRAFT ->
          new Pictures(
              FgvcAircraft.read(
                  name,
                  path,
                  options.level().map(Level::parse).orElse(Level.VARIANT),
                  options.imageSize(),
                  remarks,
                  progress));
      case OXFORD_PETS ->
          new Pictures(OxfordPets.read(name, path, options.imageSize(), remarks, progress));
      case NAS_BENCH_201 ->
          new Cells(AccuracyTable.importCsv(format.space(), Input.of(cells(path)), remarks));
      case NATS_BENCH -> new Cells(NatsBench.read(format.space(), name, path, progress));
      case NAS_BENCH_101 ->
          new Trainings(TrainingFiles.read((MatrixSpace) format.space(), path, remarks, progress));
      case ACCURACIES -> new Architectures(architectures(path, remarks));
      case META_DATABASE -> metaRows(name, path, remarks);
      case FEATURES -> featureRows(name, path, remarks);
      case LATENCIES -> latencies(path, remarks);
    };
  }

  private static ImportedContent latencies(Path path, Remarks remarks) {
    LatencyFile file = LatencyFile.read(Input.of(path));
    remarks.add(
        "%s: understood as latencies of %,d networks of %s on %s"
            .formatted(
                path, file.networks(), file.space().name(), String.join(", ", file.devices())));
    if (!file.leftOut().isEmpty()) {
      remarks.add(
          "%s: columns left out, as no times by their names: %s"
              .formatted(path, String.join(", ", file.leftOut())));
    }
    return new Latencies(file);
  }

  private static ImportedContent metaRows(String name, Path path, Remarks remarks)
      throws IOException {
    Path canonical = Files.createTempFile("espalier-", ".meta-database");
    try {
      PublishedDatabases.convert(path, canonical, remarks);
      return new MetaRows(canonical, MetaDatabase.open(name, canonical));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(canonical);
      throw e;
    }
  }

  private static ImportedContent featureRows(String name, Path path, Remarks remarks)
      throws IOException {
    Path canonical = Files.createTempFile("espalier-", ".features");
    try {
      PublishedFeatures.convert(path, canonical, remarks);
      return new FeatureRows(canonical, FeatureFile.open(name, canonical));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(canonical);
      throw e;
    }
  }

  private static CifarBinary cifar(Variant variant, OptionalInt labels) {
    return labels.isPresent()
        ? CifarBinary.of(variant, labels.getAsInt())
        : CifarBinary.of(variant);
  }

  private static Path cells(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return path;
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> tables =
          entries.filter(p -> TABLE_FILE.matcher(p.getFileName().toString()).matches()).toList();
      if (tables.size() != 1) {
        throw new InvalidInput(
            ("nas-bench-201: %s holds %d files *accuracies.csv[.gz]: give the file itself; "
                    + "NATS-Bench's own folder has the format nats-bench")
                .formatted(path, tables.size()));
      }
      return tables.getFirst();
    }
  }

  /** Of a space that is known, they are written as it writes them. */
  private static ArchitectureTable architectures(Path file, Remarks remarks) {
    ArchitectureTable table = ArchitectureTable.importCsv(Input.of(file), remarks);
    String first = table.architectures().getFirst();
    Optional<PrunableSpace> recognising =
        SearchSpaces.prunable().stream().filter(space -> space.recognises(first)).findFirst();
    if (recognising.isEmpty()) {
      remarks.add(
          "%s: architectures such as \"%s\" are not looked at before a search uses them"
              .formatted(file, first.length() > 80 ? first.substring(0, 80) + "..." : first));
      return table;
    }
    String space = recognising.get().name();
    try {
      ArchitectureTable canonical = table.in(recognising.get());
      remarks.add(
          "%s: understood as accuracies of %,d architectures of %s"
              .formatted(file, canonical.size(), space));
      return canonical;
    } catch (InvalidInput e) {
      List<String> problems = e.problems();
      Stream<String> first20 =
          problems.stream()
              .limit(SHOWN)
              .map(problem ->
                  "%s: looks like a table of %s, but %s".formatted(file, space, problem));
      Stream<String> rest =
          problems.size() > SHOWN
              ? Stream.of("%s: and %,d more".formatted(file, problems.size() - SHOWN))
              : Stream.empty();
      throw new InvalidInput(Stream.concat(first20, rest).toList());
    }
  }
}
