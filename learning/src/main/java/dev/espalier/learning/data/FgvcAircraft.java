package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * FGVC-Aircraft (Maji et al. 2013): {@code images/ID.jpg}, and for each level of its hierarchy the
 * lists {@code images_LEVEL_train.txt}, {@code _val.txt} and {@code _test.txt} with lines {@code ID
 * CLASS}, where a class may have spaces in its name.
 *
 * <p>Train and val together are the train part: Espalier makes its own validation part. The banner
 * with the photographer's name, 20 rows at the bottom of each picture, is left out, as the data
 * set's publishers ask.
 */
public final class FgvcAircraft {
  private static final String FORMAT = "fgvc-aircraft";
  private static final int BANNER_ROWS = 20;
  private static final List<String> PLACES = List.of("", "data", "fgvc-aircraft-2013b/data");

  private FgvcAircraft() {}

  /** How finely aircraft are told apart. */
  public enum Level {
    VARIANT("variants.txt"),
    FAMILY("families.txt"),
    MANUFACTURER("manufacturers.txt");

    private final String names;

    Level(String names) {
      this.names = names;
    }

    /** As a person writes it, and as it stands in file names. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The level of that label. */
    public static Level parse(String label) {
      return Stream.of(values())
          .filter(level -> level.label().equals(label))
          .findFirst()
          .orElseThrow(() ->
              new InvalidInput(
                  "--level %s is not known: allowed are variant, family and manufacturer"
                      .formatted(label)));
    }
  }

  /**
   * Reads an unpacked archive: its folder, or {@code data} in it.
   *
   * @param size the side of the images; empty: the most common one, at most 64
   * @param remarks are told what became of pictures
   * @param progress is told how far it is
   */
  public static ImageDataset read(
      String name,
      Path folder,
      Level level,
      OptionalInt size,
      Remarks remarks,
      Consumer<String> progress)
      throws IOException {
    Path root = root(folder, level);
    List<String> classNames = classNames(root, level);
    List<LabelledPicture> train = new ArrayList<>(part(root, level, "train", classNames));
    train.addAll(part(root, level, "val", classNames));
    List<LabelledPicture> test = part(root, level, "test", classNames);
    List<LabelledPicture> all = new ArrayList<>(train);
    all.addAll(test);
    PictureFiles files = new PictureFiles(FORMAT, BANNER_ROWS, false, remarks, progress);
    ImageShape shape = files.shape(all, size);
    ImageDataset dataset =
        new ImageDataset(name, classNames, files.images(train, shape), files.images(test, shape));
    files.tell();
    return dataset;
  }

  private static Path root(Path folder, Level level) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInput(
          "%s: %s is not a folder: unpack fgvc-aircraft-2013b.tar.gz and give its folder"
              .formatted(FORMAT, folder));
    }
    String list = "images_%s_train.txt".formatted(level.label());
    return PLACES.stream()
        .map(folder::resolve)
        .filter(place -> Files.isRegularFile(place.resolve(list)))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "%s: no %s in %s or its folder data: is it the unpacked archive?"
                    .formatted(FORMAT, list, folder)));
  }

  private static List<String> classNames(Path root, Level level) throws IOException {
    return new PictureList(FORMAT, root, level.names)
        .lines().stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static List<LabelledPicture> part(
      Path root, Level level, String part, List<String> classNames) throws IOException {
    return new PictureList(FORMAT, root, "images_%s_%s.txt".formatted(level.label(), part))
        .pictures(line -> {
          int space = line.indexOf(' ');
          if (space < 0) {
            throw new InvalidInput(
                "\"%s\" expected to be a picture's number and its class".formatted(line));
          }
          String className = line.substring(space + 1).strip();
          int label = classNames.indexOf(className);
          if (label < 0) {
            throw new InvalidInput(
                "class \"%s\" is none of the %d in %s"
                    .formatted(className, classNames.size(), level.names));
          }
          Path picture = root.resolve("images").resolve(plain(line.substring(0, space)) + ".jpg");
          return new LabelledPicture(picture, label);
        });
  }

  /** A name that leads nowhere else. */
  private static String plain(String name) {
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw new InvalidInput("\"%s\" is no picture's name".formatted(name));
    }
    return name;
  }
}
