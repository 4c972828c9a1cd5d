package dev.espalier.search.input;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/** Why something could not be read, without the words of a library. */
public final class Reasons {
  private Reasons() {}

  /** For people, to stand after the name of what was read. */
  public static String of(IOException e) {
    return of(e, 0);
  }

  /**
   * As {@link #of(IOException)}.
   *
   * @param found bytes that came before
   */
  static String of(IOException e, long found) {
    return switch (e) {
      case EOFException _ ->
          "truncated: the compressed file ends early (%,d bytes came out of it): get it again"
              .formatted(found);
      case ZipException _ ->
          "corrupt: what was compressed cannot be unpacked (%,d bytes came out of it): get it again"
              .formatted(found);
      case AccessDeniedException _ -> "there is no permission to read it";
      case NoSuchFileException _ -> "does not exist";
      case FileSystemLoopException _ -> "is a link that leads round in a circle";
      default -> other(e, found);
    };
  }

  private static String other(IOException e, long found) {
    String said = String.valueOf(e.getMessage());
    if (said.contains("Is a directory")) {
      return "is a folder, not a file";
    }
    if (said.contains("No space left")) {
      return "there is no space left on the disk";
    }
    if (said.contains("Too many levels of symbolic links")) {
      return "is a link that leads round in a circle";
    }
    if (said.contains("Input/output error")) {
      return "the disk or its connection failed while it was read";
    }
    return "corrupt: it cannot be read on after %,d bytes: get it again".formatted(found);
  }
}
