package dev.espalier.cli.command;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.SamplesArchitectures;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.specification.PartFile;
import dev.espalier.search.specification.SpecificationReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A person's own search space: a file with the settings that a specification has under {@code
 * network} (stem, layers, operations, tail).
 */
final class SpaceFile {
  private static final String PATH = "network";

  private SpaceFile() {}

  /** The file, to be put under {@code network}. */
  static PartFile part(String name) {
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInput(
          "there is no file %s. Give a file with stem, layers, operations and tail, or a space: %s"
              .formatted(name, String.join(", ", SearchSpaces.names())));
    }
    return new PartFile(PATH, name, Input.of(name, file).text());
  }

  /** The space itself; what the file leaves out is as in the preset {@code quick}. */
  static SearchSpace space(String name) {
    String method = "method: " + Methods.thatCan(SamplesArchitectures.class).name();
    return ((SamplesArchitectures) SpecificationReader.read("", method, part(name), Map.of()))
        .searchSpace();
  }
}
