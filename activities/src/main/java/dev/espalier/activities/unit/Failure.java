package dev.espalier.activities.unit;

import com.fasterxml.jackson.core.JacksonException;
import dev.espalier.search.failure.DiskFull;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.failure.OutOfMemory;
import dev.espalier.store.CorruptArtifact;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Why an attempt has no result, whatever was thrown.
 *
 * @param message for people
 * @param detail the damaged artifact's SHA-256, or the place that has no room; else empty
 */
public record Failure(Kind kind, String message, String detail) {
  /** What is to be done about it. */
  public enum Kind {
    /** Asked to stop: it goes on later, or elsewhere. */
    STOPPED,
    INVALID_INPUT,
    DIVERGED,
    OUT_OF_MEMORY,
    CORRUPT_ARTIFACT,
    STORE_BEHIND,
    /** Infrastructure, a disk among it: tried again until it is back. */
    LOST,
    /** Whatever else: tried again so often. */
    UNEXPECTED
  }

  /** What systems say when a disk or a process is at its limit, where only words have come. */
  private static final List<String> SYSTEM_WORDS =
      List.of(
          "no space left on device",
          "disk quota exceeded",
          "read-only file system",
          "too many open files",
          "input/output error");

  static final Failure STOPPED = new Failure(Kind.STOPPED, "stopped at a step boundary", "");

  static Failure of(Throwable thrown, FreeSpace space) {
    List<Throwable> chain = chain(thrown);
    for (Throwable each : chain) {
      Optional<Failure> known = known(each);
      if (known.isPresent()) {
        return known.get();
      }
    }
    for (Throwable each : chain) {
      if (each instanceof IOException trouble && !isAboutContent(trouble)) {
        return lost(thrown, trouble, space);
      }
    }
    for (Throwable each : chain) {
      String words = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
      if (SYSTEM_WORDS.stream().anyMatch(words::contains)) {
        return lost(thrown, each, space);
      }
    }
    return new Failure(Kind.UNEXPECTED, inWords(chain.getLast()), "");
  }

  private static Optional<Failure> known(Throwable thrown) {
    String message = Objects.requireNonNullElse(thrown.getMessage(), thrown.toString());
    return Optional.ofNullable(
        switch (thrown) {
          case Stopped _ -> STOPPED;
          case InterruptedException _, ClosedByInterruptException _ -> STOPPED;
          case SocketTimeoutException _ -> null;
          case InterruptedIOException _ -> STOPPED;
          case InvalidInput _ -> new Failure(Kind.INVALID_INPUT, message, "");
          case Diverged _ -> new Failure(Kind.DIVERGED, message, "");
          case OutOfMemory _ -> new Failure(Kind.OUT_OF_MEMORY, message, "");
          case CorruptArtifact corrupt ->
              new Failure(
                  Kind.CORRUPT_ARTIFACT,
                  "%s (artifact %s)".formatted(message, corrupt.sha()),
                  corrupt.sha());
          case StoreBehind _ -> new Failure(Kind.STORE_BEHIND, message, "");
          case DiskFull _ ->
              new Failure(Kind.LOST, message + "; the work goes on by itself then", "");
          case Lost _ -> new Failure(Kind.LOST, message, "");
          default -> null;
        });
  }

  /** Bytes that are not what they should be: no room and no device mends that. */
  private static boolean isAboutContent(IOException trouble) {
    return trouble instanceof JacksonException
        || trouble instanceof EOFException
        || trouble instanceof CharacterCodingException
        || trouble instanceof ZipException;
  }

  private static Failure lost(Throwable thrown, Throwable trouble, FreeSpace space) {
    String file =
        trouble instanceof FileSystemException atFile
            ? Objects.requireNonNullElse(atFile.getFile(), "")
            : "";
    String above = Objects.requireNonNullElse(thrown.getMessage(), "");
    String below = trouble.toString();
    String said = above.isEmpty() || below.contains(above) ? below : above + ": " + below;
    return new Failure(
        Kind.LOST,
        "%s. Free: %s. It is tried again until that is mended".formatted(said, space.inWords(file)),
        file.isEmpty() ? trouble.getClass().getSimpleName() : file);
  }

  /** Class, message and the place in our own code, as far as there is one. */
  private static String inWords(Throwable thrown) {
    StackTraceElement[] frames = thrown.getStackTrace();
    StackTraceElement place = frames.length == 0 ? null : frames[0];
    for (StackTraceElement frame : frames) {
      if (frame.getClassName().startsWith("dev.espalier.")) {
        place = frame;
        break;
      }
    }
    String what =
        thrown.getMessage() == null
            ? thrown.getClass().getSimpleName()
            : "%s: %s".formatted(thrown.getClass().getSimpleName(), thrown.getMessage());
    return place == null ? what : "%s, at %s".formatted(what, place);
  }

  /** The exception and what caused it, each once. */
  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = thrown; each != null && !chain.contains(each); each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }
}
