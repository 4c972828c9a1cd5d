package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A text file that lists the pictures of one part of a data set, a picture and its class a line;
 * empty lines and those that begin with # pass.
 */
final class PictureList {
  private final String format;
  private final Path folder;
  private final Path file;
  private final List<String> problems = new ArrayList<>();

  PictureList(String format, Path folder, String fileName) {
    this.format = format;
    this.folder = folder;
    this.file = folder.resolve(fileName);
  }

  /**
   * All pictures of the list.
   *
   * @param line what a line means; what it throws is told with the line's number
   * @throws InvalidInput with everything that is wrong: lines that mean nothing, pictures that are
   *     not there
   */
  List<LabelledPicture> pictures(Function<String, LabelledPicture> line) throws IOException {
    List<LabelledPicture> pictures = new ArrayList<>();
    List<String> lines = lines();
    for (int number = 1; number <= lines.size(); number++) {
      String text = lines.get(number - 1).strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      try {
        LabelledPicture picture = line.apply(text);
        if (!Files.isRegularFile(picture.file())) {
          throw new InvalidInput("%s %s".formatted(picture.file(), Input.absence(picture.file())));
        }
        pictures.add(picture);
      } catch (InvalidInput e) {
        problem("%s line %d: %s".formatted(file.getFileName(), number, e.getMessage()));
      }
    }
    if (pictures.isEmpty() && problems.isEmpty()) {
      problem("%s lists no picture: unpack the archive again".formatted(file));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(PictureFiles.firstOf(format, problems));
    }
    return pictures;
  }

  private void problem(String what) {
    problems.add("%s: %s".formatted(format, what));
  }

  /** The lines of the file as they are. */
  List<String> lines() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInput(
          "%s: no %s in %s (found %s)"
              .formatted(
                  format,
                  file.getFileName(),
                  folder,
                  Files.isDirectory(folder) ? FolderListing.of(folder) : "no such folder"));
    }
    return Input.of("%s: %s".formatted(format, file), file).text().lines().toList();
  }
}
