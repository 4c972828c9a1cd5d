package dev.espalier.activities.data;

import dev.espalier.activities.data.Source.Downloads;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.input.Remarks;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The data sets of a store: brings them in, by name from their publishers or from files, and checks
 * them.
 *
 * <p>A name may be given again to other data: then it means the newest, and {@link Imported} says
 * so. Data that an experiment was launched with is found by its digest and stays.
 */
public final class DataCatalog {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  private final Store store;
  private final List<KnownDataset> known;
  private final DatasetShelf shelf;
  private final Fetching fetching;

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
    this.known = List.copyOf(known);
    this.shelf = new DatasetShelf(store, home.resolve("cache/data"), clock);
    this.fetching = new Fetching(home.resolve("cache/downloads"), downloads, shelf);
  }

  /** What is published: what can be fetched by name, and what only a person can get. */
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
    if (fetchable().contains(name)) {
      return "data set %s is not here yet. Run: espalier data fetch %s".formatted(name, name);
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(fetchable());
    return "no data set is called %s.%s Here are: %s. Can be fetched: %s."
        .formatted(
            name,
            DidYouMean.sentence(name, all),
            names.isEmpty() ? "none" : String.join(", ", names),
            String.join(", ", fetchable()));
  }

  private List<String> fetchable() {
    return known.stream().filter(KnownDataset::isFetchable).map(KnownDataset::name).toList();
  }

  /** {@link #fetch(String, OptionalInt, Consumer)} at the usual image size. */
  public Imported fetch(String name, Consumer<String> progress) throws IOException {
    return fetch(name, OptionalInt.empty(), progress);
  }

  /**
   * Fetches a published data set: from its sources in their order, until one has it.
   *
   * @param imageSize side of the images of a data set of pictures of many sizes
   * @param progress is told what is going on
   * @throws InvalidInput if no data set of that name is known, or only a person can get it
   * @throws Lost if no source has it; the message tells of each
   */
  public Imported fetch(String name, OptionalInt imageSize, Consumer<String> progress)
      throws IOException {
    KnownDataset dataset = published(name);
    try (FetchTurn _ = fetching.turn(dataset, progress)) {
      return fetching.fetch(dataset, options(dataset, imageSize), progress);
    }
  }

  private static ImportOptions options(KnownDataset dataset, OptionalInt imageSize) {
    return imageSize.isPresent()
        ? dataset.options().withImageSize(imageSize.getAsInt())
        : dataset.options();
  }

  /** What can be fetched under this name. */
  private KnownDataset published(String name) {
    List<String> names = known.stream().map(KnownDataset::name).toList();
    KnownDataset dataset =
        known.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new InvalidInput(
                    "%s cannot be fetched by name: allowed are %s.%s Own data: espalier data import"
                        .formatted(
                            name,
                            String.join(", ", fetchable()),
                            DidYouMean.sentence(name, names))));
    if (dataset.byHand().isPresent()) {
      throw new InvalidInput(
          "%s cannot be fetched by a program: %s. Then: espalier data import PATH --format %s --name %s"
              .formatted(name, dataset.byHand().get(), dataset.format().label(), name));
    }
    return dataset;
  }

  /** Fetching as activities want it: only what is not here yet. */
  public DataFetch onDemand() {
    return (name, progress) ->
        store.datasets().byName(name).orElseGet(() -> fetchUnlessHere(name, progress));
  }

  /** Another experiment may have wanted the same, and have it by the time it is our turn. */
  private DatasetDocument fetchUnlessHere(String name, Consumer<String> progress) {
    KnownDataset dataset = published(name);
    try (FetchTurn _ = fetching.turn(dataset, progress)) {
      Optional<DatasetDocument> here = store.datasets().byName(name);
      return here.isPresent()
          ? here.get()
          : fetching.fetch(dataset, dataset.options(), progress).dataset();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be fetched".formatted(name), e);
    }
  }

  /**
   * Imports files.
   *
   * @param progress is told how far it is, where that takes long
   * @throws InvalidInput if they are damaged, missing or something else; the message names the file
   *     and what to do
   */
  public Imported importFrom(
      Path path, ImportFormat format, String name, ImportOptions options, Consumer<String> progress)
      throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInput(
          ("--name %s will not do, since no specification can name it: use lower-case letters, digits, - and _, "
                  + "at most 63, such as %s")
              .formatted(name, FolderLayout.plain(name)));
    }
    Remarks remarks = new Remarks();
    ImportedContent content = Importing.read(format, name, path, options, remarks, progress);
    return shelf.put(name, content, format, path.toString()).with(remarks.all());
  }

  /**
   * Imports a folder of images as what it looks like. It is called as the same images are already,
   * else after the folder; where other images have that name, with a part of the digest behind it.
   *
   * @param progress is told how far it is, where that takes long
   * @throws InvalidInput as {@link #importFrom}, and for a folder that looks like nothing known
   */
  public Imported adopt(Path folder, Consumer<String> progress) throws IOException {
    ImportFormat format = FolderLayout.of(folder);
    String own = FolderLayout.nameOf(folder);
    Remarks remarks = new Remarks();
    ImportedContent content =
        Importing.read(format, own, folder, ImportOptions.DEFAULTS, remarks, progress);
    String digest = content.digest();
    List<DatasetDocument> stored = stored();
    String name =
        stored.stream()
            .filter(each -> each.digest().equals(digest))
            .map(DatasetDocument::name)
            .findFirst()
            .orElseGet(() ->
                stored.stream().anyMatch(each -> each.name().equals(own))
                    ? own + "-" + digest.substring(0, 8)
                    : own);
    return shelf.put(name, content, format, folder.toString()).with(remarks.all());
  }

  /**
   * Writes a table, meta-database or features to a file, which comes into being whole or not at
   * all.
   *
   * @param format {@code hdf5}, {@code arrow}, {@code tfrecord} or {@code csv}; empty: as the
   *     file's name ends
   * @throws InvalidInput if it is no table, the format cannot hold it, or the file is there already
   */
  public void export(String name, Path file, Optional<String> format) throws IOException {
    new Exporting(store, named(name)).to(file, format);
  }

  /**
   * Takes a name away; the data itself stays for the experiments that used it.
   *
   * @throws InvalidInput if no data set has that name
   */
  public void remove(String name) {
    store.datasets().forget(named(name).name());
  }

  /** Whether a data set is in the store under that name, or would be fetched. */
  public boolean knows(String name) {
    return store.datasets().byName(name).isPresent() || fetchable().contains(name);
  }

  /**
   * Reads a stored data set and computes its digest anew.
   *
   * @throws InvalidInput if no data set has that name
   */
  public Verification verify(String name) throws IOException {
    return Verification.of(store, named(name));
  }
}
