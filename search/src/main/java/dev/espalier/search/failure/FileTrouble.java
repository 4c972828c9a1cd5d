package dev.espalier.search.failure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a failed reading or writing of a file was, and what helps: for people. */
public final class FileTrouble {
  /** The operating system's words, and ours. */
  private static final Map<String, String> REASONS =
      Map.of(
          "no space left", "the disk is full: make room there",
          "quota exceeded", "the quota of this user is used up: make room there",
          "read-only file system", "it lies on a file system that is read-only",
          "too many open files",
              "this user may open no more files at once: raise the limit (ulimit -n 4096)",
          "not a directory", "a file is in the way where a folder must be: move it away",
          "is a directory", "it is a folder, not a file",
          "file too large",
              "the file system, or the limit of this user (ulimit -f), takes no file so large",
          "input/output error", "the disk cannot be read or written there",
          "stale", "the network's file server has lost it: mount it again");

  private FileTrouble() {}

  /** One clause, with the file where it is known. */
  public static String inWords(IOException trouble) {
    String file =
        trouble instanceof FileSystemException atFile && atFile.getFile() != null
            ? atFile.getFile()
            : "";
    String reason = reason(trouble);
    return file.isEmpty() ? reason : "%s: %s".formatted(file, reason);
  }

  private static String reason(IOException trouble) {
    return switch (trouble) {
      case AccessDeniedException _ -> "this user may not";
      case FileAlreadyExistsException there when leadsNowhere(there.getFile()) ->
          "it is a link that leads nowhere: mend it, or move it away";
      case FileAlreadyExistsException _ -> "something is in the way: move it away";
      case NotDirectoryException _ -> "a file is in the way where a folder must be: move it away";
      case NoSuchFileException _ -> "it is not there";
      case DirectoryNotEmptyException _ -> "it is a folder with something in it";
      case FileSystemLoopException _ -> "its links lead in a circle";
      case FileSystemException atFile -> known(atFile.getReason());
      default -> known(trouble.getMessage());
    };
  }

  private static boolean leadsNowhere(String file) {
    Path path = Path.of(file);
    return Files.isSymbolicLink(path) && Files.notExists(path);
  }

  private static String known(@Nullable String words) {
    if (words == null || words.isBlank()) {
      return "it cannot be read or written";
    }
    String lower = words.toLowerCase(Locale.ROOT);
    return REASONS.entrySet().stream()
        .filter(reason -> lower.contains(reason.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(words);
  }

  /** Whether it is for want of room. */
  public static boolean isFull(IOException trouble) {
    String words =
        trouble instanceof FileSystemException atFile ? atFile.getReason() : trouble.getMessage();
    String lower = words == null ? "" : words.toLowerCase(Locale.ROOT);
    return lower.contains("no space left") || lower.contains("quota exceeded");
  }
}
