package dev.espalier.activities.data;

import dev.espalier.activities.data.Source.Downloads;
import dev.espalier.learning.data.CifarBinary;
import dev.espalier.learning.data.Idx;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageFolder;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.store.CorruptArtifact;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Recorded;
import dev.espalier.store.Store;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data sets of a store: brings them in, by name from their publishers or from files, and checks
 * them.
 *
 * <p>A name may be given again to other data: then it means the newest, and {@link Imported} says
 * so. Data that an experiment was launched with is found by its digest and stays.
 */
public final class DataCatalog {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern TABLE_FILE = Pattern.compile(".*accuracies\\.csv(\\.gz)?");

  private final Store store;
  private final Path cache;
  private final Path downloadsFolder;
  private final List<KnownDataset> known;
  private final Downloads downloads;
  private final InstantSource clock;

  /**
   * @param home what belongs to this installation; caches and downloads go below it
   */
  public DataCatalog(Store store, Path home) {
    this(
        store,
        home,
        KnownDataset.all(),
        new Downloads(
            new HttpDownload(Duration.ofSeconds(30), Duration.ofSeconds(2)),
            new AptGet(List.of("apt-get"), Duration.ofMinutes(5))),
        InstantSource.system());
  }

  DataCatalog(
      Store store, Path home, List<KnownDataset> known, Downloads downloads, InstantSource clock) {
    this.store = store;
    this.cache = home.resolve("cache/data");
    this.downloadsFolder = home.resolve("cache/downloads");
    this.known = List.copyOf(known);
    this.downloads = downloads;
    this.clock = clock;
  }

  /** What can be fetched by name. */
  public List<KnownDataset> known() {
    return known;
  }

  /** What is in the store, by name. */
  public List<DatasetDocument> stored() {
    return store.datasets().list();
  }

  /** The data set of that name in the store. */
  public DatasetDocument named(String name) {
    return store.datasets().byName(name).orElseThrow(() -> new InvalidInput(notStored(name)));
  }

  private String notStored(String name) {
    List<String> names = stored().stream().map(DatasetDocument::name).toList();
    List<String> fetchable = known.stream().map(KnownDataset::name).toList();
    if (fetchable.contains(name)) {
      return "data set %s is not here yet. Run: espalier data fetch %s".formatted(name, name);
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(fetchable);
    return "no data set is called %s.%s Here are: %s. Can be fetched: %s."
        .formatted(
            name,
            DidYouMean.sentence(name, all),
            names.isEmpty() ? "none" : String.join(", ", names),
            String.join(", ", fetchable));
  }

  /**
   * Fetches a published data set: from its sources in their order, until one has it.
   *
   * @param progress is told what is going on
   * @throws InvalidInput if no data set of that name is known
   * @throws Lost if no source has it; the message tells of each
   */
  public Imported fetch(String name, Consumer<String> progress) throws IOException {
    KnownDataset dataset = knownDataset(name);
    Path folder = downloadsFolder.resolve(name);
    List<String> failures = new ArrayList<>();
    for (Source source : dataset.sources()) {
      // A folder each: what one source has brought stays for the next try, and mixes with nothing.
      Path files = folder.resolve("source-" + failures.size());
      try {
        Files.createDirectories(files);
        source.fetch(files, downloads, progress);
        Imported imported = put(checked(dataset, files), dataset.format(), source.where());
        deleteAll(folder);
        return imported;
      } catch (UnfitData unfit) {
        deleteAll(files);
        failures.add(failure(source, unfit, progress));
      } catch (IOException e) {
        failures.add(failure(source, e, progress));
      }
    }
    throw new Lost(
        "%s could not be fetched:\n%s\nGive it by hand: espalier data import PATH --format %s --name %s"
            .formatted(name, String.join("\n", failures), dataset.format(), name));
  }

  private KnownDataset knownDataset(String name) {
    List<String> names = known.stream().map(KnownDataset::name).toList();
    return known.stream()
        .filter(dataset -> dataset.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "%s cannot be fetched by name: allowed are %s.%s Own data: espalier data import"
                    .formatted(name, String.join(", ", names), DidYouMean.sentence(name, names))));
  }

  private static String failure(Source source, IOException failure, Consumer<String> progress) {
    String told = "%s: %s".formatted(source.where(), failure.getMessage());
    progress.accept(told);
    return "  " + told;
  }

  private static ImageDataset checked(KnownDataset dataset, Path files) throws IOException {
    ImageDataset read;
    try {
      read = dataset.reader().read(dataset.name(), files);
    } catch (InvalidInput damaged) {
      throw new UnfitData(damaged.getMessage(), damaged);
    }
    Optional<String> expected = dataset.digest();
    if (expected.isPresent() && !expected.get().equals(read.digest())) {
      throw new UnfitData(
          "the images have the digest %s, expected %s".formatted(read.digest(), expected.get()),
          null);
    }
    return read;
  }

  /** A source brought something else than it should. */
  private static final class UnfitData extends IOException {
    private static final long serialVersionUID = 1L;

    UnfitData(@Nullable String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }

  /** Fetching as activities want it: only what is not here yet, without a word. */
  public DataFetch onDemand() {
    return name ->
        store
            .datasets()
            .byName(name)
            .orElseGet(() -> {
              try {
                return fetch(name, line -> {}).dataset();
              } catch (IOException e) {
                throw new UncheckedIOException("%s cannot be fetched".formatted(name), e);
              }
            });
  }

  /**
   * Imports files.
   *
   * @throws InvalidInput if they are damaged, missing or something else; the message names the file
   *     and what to do
   */
  public Imported importFrom(Path path, ImportFormat format, String name, ImportOptions options)
      throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInput(
          "--name %s will not do: use letters, digits, - and _, at most 64, such as my-images"
              .formatted(name));
    }
    OptionalInt labels = options.recordLabels();
    if (labels.isPresent() && format != ImportFormat.CIFAR10 && format != ImportFormat.CIFAR100) {
      throw new InvalidInput(
          "--record-labels belongs to the formats cifar10 and cifar100, not to " + format.label());
    }
    return switch (format) {
      case CIFAR10 ->
          putImages(
              cifar(CifarBinary.Variant.CIFAR10, labels).read(name, path, options.seed()),
              format,
              path);
      case CIFAR100 ->
          putImages(
              cifar(CifarBinary.Variant.CIFAR100, labels).read(name, path, options.seed()),
              format,
              path);
      case IDX -> putImages(Idx.read(name, path, options.seed()), format, path);
      case FOLDER ->
          putImages(
              ImageFolder.read(name, path, options.imageSize(), options.seed(), _ -> {}), format, path);
      case NAS_BENCH_201 -> putTable(readTable(name, path), path);
      case ACCURACIES -> putAccuracies(name, path);
    };
  }

  private static CifarBinary cifar(CifarBinary.Variant variant, OptionalInt labels) {
    return labels.isPresent()
        ? CifarBinary.of(variant, labels.getAsInt())
        : CifarBinary.of(variant);
  }

  private Imported putImages(ImageDataset dataset, ImportFormat format, Path path)
      throws IOException {
    return put(dataset, format.label(), path.toString());
  }

  private Imported put(ImageDataset dataset, String format, String source) throws IOException {
    String digest = dataset.digest();
    Path file = cache.resolve(digest);
    Path part =
        Files.createDirectories(cache).resolve("%s.%s.part".formatted(digest, UUID.randomUUID()));
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
        dataset.writeTo(out);
      }
      String artifact;
      try (InputStream in = Files.newInputStream(part)) {
        artifact = store.artifacts().put(in, "dataset", Map.of("name", dataset.name()));
      }
      if (!artifact.equals(digest)) {
        throw new IOException(
            "%s was written with digest %s, expected %s: the disk is not to be trusted"
                .formatted(part, artifact, digest));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return register(
        new DatasetDocument(
            digest,
            dataset.name(),
            DatasetDocument.IMAGES,
            dataset.shape().channels(),
            dataset.shape().height(),
            dataset.shape().width(),
            dataset.classes(),
            dataset.classNames(),
            dataset.train().count(),
            dataset.test().count(),
            digest,
            format,
            clock.instant()),
        source);
  }

  private static AccuracyTable readTable(String name, Path path) throws IOException {
    Path file = path;
    if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        List<Path> tables =
            entries.filter(p -> TABLE_FILE.matcher(p.getFileName().toString()).matches()).toList();
        if (tables.size() != 1) {
          throw new InvalidInput(
              "nas-bench-201: %s holds %d files *accuracies.csv[.gz]: give the file itself"
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

  private Imported putTable(AccuracyTable table, Path path) {
    String artifact =
        store
            .artifacts()
            .put(
                table.canonicalCsv(),
                "table",
                Map.of("name", table.name(), "columns", String.join(",", table.columns())));
    return register(
        new DatasetDocument(
            table.digest(),
            table.name(),
            DatasetDocument.TABLE,
            0,
            0,
            0,
            0,
            List.of(),
            table.size(),
            0,
            artifact,
            ImportFormat.NAS_BENCH_201.label(),
            clock.instant()),
        path.toString());
  }

  private Imported putAccuracies(String name, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInput("accuracies: %s does not exist: give a .csv file".formatted(file));
    }
    ArchitectureTable table;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      table = ArchitectureTable.readCsv(name, in);
    }
    String artifact = store.artifacts().put(table.canonicalCsv(), "table", Map.of("name", name));
    return register(
        new DatasetDocument(
            table.digest(),
            name,
            DatasetDocument.TABLE,
            0,
            0,
            0,
            0,
            List.of(),
            table.size(),
            0,
            artifact,
            ImportFormat.ACCURACIES.label(),
            clock.instant()),
        file.toString());
  }

  private Imported register(DatasetDocument dataset, String source) {
    Optional<String> replaced = Optional.empty();
    if (store.datasets().put(dataset) == Recorded.DIFFERENT) {
      replaced = store.datasets().byName(dataset.name()).map(DatasetDocument::digest);
      store.datasets().forget(dataset.name());
      store.datasets().put(dataset);
    }
    return new Imported(dataset, source, replaced);
  }

  /**
   * Reads a stored data set and computes its digest anew.
   *
   * @throws InvalidInput if no data set has that name
   */
  public Verification verify(String name) throws IOException {
    DatasetDocument dataset = named(name);
    CountingDigest counting = new CountingDigest();
    try (InputStream in = store.artifacts().open(dataset.artifact())) {
      String found = counting.of(in);
      return new Verification(name, dataset.artifact(), found, counting.bytes());
    } catch (CorruptArtifact e) {
      return new Verification(
          name, dataset.artifact(), String.valueOf(e.getMessage()), counting.bytes());
    }
  }

  /** SHA-256 and length of a stream. */
  private static final class CountingDigest {
    private final MessageDigest digest;
    private long bytes;

    CountingDigest() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    String of(InputStream in) throws IOException {
      bytes = new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    }

    long bytes() {
      return bytes;
    }
  }
}
