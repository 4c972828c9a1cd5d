package dev.espalier.activities.data;

import dev.espalier.activities.data.Source.Downloads;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.input.Remarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a published data set: from its sources in their order, until one has what it should.
 *
 * <p>Each source has a folder of its own below the downloads. What it brought stays there, so that
 * the next try goes on from it, until the data set is in the store.
 */
final class Fetching {
  private final Path folder;
  private final Downloads downloads;
  private final DatasetShelf shelf;

  /**
   * @param folder for downloads
   */
  Fetching(Path folder, Downloads downloads, DatasetShelf shelf) {
    this.folder = folder;
    this.downloads = downloads;
    this.shelf = shelf;
  }

  /** Waits until nobody else fetches this data set. */
  FetchTurn turn(KnownDataset dataset, Consumer<String> progress) throws IOException {
    return FetchTurn.take(folder, dataset.name(), progress);
  }

  /**
   * Fetches and stores; in its {@link #turn}.
   *
   * @throws Lost if no source has it; the message tells of each
   */
  Imported fetch(KnownDataset dataset, ImportOptions options, Consumer<String> progress)
      throws IOException {
    options.checkFor(dataset.format());
    Path own = folder.resolve(dataset.name());
    List<String> failures = new ArrayList<>();
    boolean kept = false;
    for (Source source : dataset.sources()) {
      Path files = own.resolve("source-" + failures.size());
      try {
        Files.createDirectories(files);
        source.fetch(files, downloads, progress);
        ImportedContent content = checked(dataset, options, files, progress);
        Imported imported = shelf.put(dataset.name(), content, dataset.format(), source.where());
        deleteAll(own);
        return imported;
      } catch (UnfitData unfit) {
        if (!source.hasDigests()) {
          deleteAll(files);
        }
        failures.add(failure(source, unfit, progress));
      } catch (IOException e) {
        failures.add(failure(source, e, progress));
      }
      kept |= source.hasDigests() && holdsFiles(files);
    }
    throw new Lost(
        "%s could not be fetched:\n%s\n%sGive it by hand: espalier data import PATH --format %s --name %s"
            .formatted(
                dataset.name(),
                String.join("\n", failures),
                kept
                    ? "What came is kept in %s: the next try goes on from it. ".formatted(own)
                    : "",
                dataset.format().label(),
                dataset.name()));
  }

  private static boolean holdsFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.anyMatch(Files::isRegularFile);
    }
  }

  private static String failure(Source source, IOException failure, Consumer<String> progress) {
    String told = "%s: %s".formatted(source.where(), failure.getMessage());
    progress.accept(told);
    return "  " + told;
  }

  private static ImportedContent checked(
      KnownDataset dataset, ImportOptions options, Path files, Consumer<String> progress)
      throws IOException {
    ImportedContent read;
    try {
      read =
          Importing.read(dataset.format(), dataset.name(), files, options, new Remarks(), progress);
    } catch (InvalidInput damaged) {
      throw new UnfitData(damaged.getMessage(), damaged);
    }
    Optional<String> expected = dataset.digest();
    if (expected.isPresent() && !expected.get().equals(read.digest())) {
      throw new UnfitData(
          "the data has the digest %s, expected %s".formatted(read.digest(), expected.get()), null);
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
}
