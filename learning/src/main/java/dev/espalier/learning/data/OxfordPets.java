package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Oxford-IIIT Pets (Parkhi et al. 2012): {@code images/Breed_NUMBER.jpg}, and {@code
 * annotations/trainval.txt} and {@code test.txt} with lines {@code Breed_NUMBER CLASS SPECIES
 * BREED}, where CLASS counts from 1. Classes are named by their breeds.
 */
public final class OxfordPets {
  private static final String FORMAT = "oxford-pets";
  private static final Pattern LINE = Pattern.compile("(([A-Za-z_]+)_\\d+)\\s+(\\d+)\\s+\\d.*");

  private OxfordPets() {}

  /**
   * Reads the folder into which both archives were unpacked.
   *
   * @param size the side of the images; empty: the most common one, at most 64
   * @param remarks are told what became of pictures
   * @param progress is told how far it is
   */
  public static ImageDataset read(
      String name, Path folder, OptionalInt size, Remarks remarks, Consumer<String> progress)
      throws IOException {
    for (String part : List.of("images", "annotations")) {
      if (!Files.isDirectory(folder.resolve(part))) {
        throw new InvalidInput(
            "%s: no folder %s in %s (found %s): unpack images.tar.gz and annotations.tar.gz into one folder"
                .formatted(
                    FORMAT,
                    part,
                    folder,
                    Files.isDirectory(folder) ? FolderListing.of(folder) : "no such folder"));
      }
    }
    Map<Integer, String> breeds = new TreeMap<>();
    List<LabelledPicture> train = part(folder, "trainval.txt", breeds);
    List<LabelledPicture> test = part(folder, "test.txt", breeds);
    List<String> classNames = classNames(breeds);
    List<LabelledPicture> all = new ArrayList<>(train);
    all.addAll(test);
    PictureFiles files = new PictureFiles(FORMAT, 0, true, remarks, progress);
    ImageShape shape = files.shape(all, size);
    ImageDataset dataset =
        new ImageDataset(name, classNames, files.images(train, shape), files.images(test, shape));
    files.tell();
    return dataset;
  }

  private static List<String> classNames(Map<Integer, String> breeds) {
    int expected = 1;
    for (Map.Entry<Integer, String> breed : breeds.entrySet()) {
      if (breed.getKey() != expected) {
        throw new InvalidInput(
            "%s: class %d has no picture in the lists, but class %d (%s) has: unpack annotations.tar.gz again"
                .formatted(FORMAT, expected, breed.getKey(), breed.getValue()));
      }
      expected++;
    }
    return List.copyOf(breeds.values());
  }

  private static List<LabelledPicture> part(Path folder, String list, Map<Integer, String> breeds)
      throws IOException {
    Path images = folder.resolve("images");
    return new PictureList(FORMAT, folder.resolve("annotations"), list)
        .pictures(line -> {
          Matcher parts = LINE.matcher(line);
          if (!parts.matches()) {
            throw new InvalidInput(
                "\"%s\" expected to be a picture's name, its class and two numbers"
                    .formatted(line));
          }
          int label = number(parts.group(3));
          String breed = parts.group(2);
          String before = breeds.putIfAbsent(label, breed);
          if (before != null && !before.equals(breed)) {
            throw new InvalidInput(
                "class %d is %s here, but %s before".formatted(label, breed, before));
          }
          return new LabelledPicture(images.resolve(parts.group(1) + ".jpg"), label - 1);
        });
  }

  private static int number(String digits) {
    int label = digits.length() > 5 ? 0 : Integer.parseInt(digits);
    if (label < 1) {
      throw new InvalidInput("class %s is none: they count from 1".formatted(digits));
    }
    return label;
  }
}
