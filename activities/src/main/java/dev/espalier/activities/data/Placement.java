package dev.espalier.activities.data;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/** Where an archive's file goes, below the folder it is unpacked into. */
@FunctionalInterface
interface Placement {
  /** Each file in its folder. A name that leads out of there is refused. */
  Placement TREE =
      name -> {
        String plain = name.replace('\\', '/');
        while (plain.startsWith("./")) {
          plain = plain.substring(2);
        }
        for (String part : plain.split("/", -1)) {
          if (part.equals("..") || part.isEmpty() || part.indexOf('\0') >= 0) {
            throw new IOException(
                "it holds a file called \"%s\", which leads elsewhere: it is not unpacked"
                    .formatted(name));
          }
        }
        if (plain.matches("[A-Za-z]:.*")) {
          throw new IOException(
              "it holds a file called \"%s\", which leads elsewhere: it is not unpacked"
                  .formatted(name));
        }
        return Optional.of(plain);
      };

  /**
   * The relative path of a file, if it is wanted.
   *
   * @param name as the archive has it
   */
  Optional<String> of(String name) throws IOException;

  /** Wanted files by their plain names: folders are dropped, so nothing can lead elsewhere. */
  static Placement plainNames(Predicate<String> wanted) {
    return name -> {
      String plain = name.substring(name.lastIndexOf('/') + 1);
      return plain.isEmpty() || plain.equals("..") || !wanted.test(plain)
          ? Optional.empty()
          : Optional.of(plain);
    };
  }
}
