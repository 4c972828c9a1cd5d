package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.ContentKind;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Reasons;
import dev.espalier.search.input.Remarks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Goes through a folder of pictures and keeps account of everything in it: each file and folder is
 * used, named in a remark, or refused.
 */
final class FolderAccount {
  private static final Set<String> MADE_BY_NOBODY =
      Set.of(
          "__macosx",
          "@eadir",
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "$recycle.bin",
          "system volume information",
          "lost+found",
          "#recycle",
          "__pycache__",
          "@__thumb");
  private static final Pattern PICTURE_NAME =
      Pattern.compile(
          "(?i).*\\.(png|jpe?g|jpe|jfif|gif|bmp|tiff?|webp|p[pgbn]m|heic|avif|jp2|jxl)");

  private final String format;
  private final Remarks remarks;
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> nested = new LinkedHashSet<>();
  private final Set<String> left = new TreeSet<>();
  private final Map<ContentKind, List<String>> unreadable = new TreeMap<>();
  private final Set<Path> otherFiles = new LinkedHashSet<>();

  FolderAccount(String format, Remarks remarks) {
    this.format = format;
    this.remarks = remarks;
  }

  /** Whether programs put it there, not people. */
  static boolean isMadeByNobody(String name) {
    return name.startsWith(".")
        || name.startsWith("~$")
        || MADE_BY_NOBODY.contains(name.toLowerCase(Locale.ROOT));
  }

  void problem(String what) {
    problems.add("%s: %s".formatted(format, what));
  }

  /** How many problems there are so far. */
  int problems() {
    return problems.size();
  }

  /** Notes something that is left out, with the reason. */
  void leaveOut(String what) {
    left.add(what);
  }

  /** The folders in a folder, by name; pictures that lie beside them are noted. */
  List<Path> folders(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    List<String> loose = new ArrayList<>();
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        folders.add(entry);
      } else if (!Files.exists(entry)) {
        problem("%s %s".formatted(entry, Input.absence(entry)));
      } else if (PICTURE_NAME.matcher(name(entry)).matches()) {
        loose.add(name(entry));
      } else {
        otherFiles.add(entry);
      }
    }
    if (!loose.isEmpty() && !folders.isEmpty()) {
      leaveOut(
          "%s (pictures that lie in no class folder of %s)"
              .formatted(Remarks.some(loose), folder.getFileName()));
    }
    return folders;
  }

  /** Whether there are folders in it that people made. */
  boolean hasFolders(Path folder) throws IOException {
    return !inside(folder).isEmpty();
  }

  /** The folders in a folder, nothing noted. */
  List<Path> inside(Path folder) throws IOException {
    return entries(folder).stream().filter(Files::isDirectory).toList();
  }

  /** Whether anything in it, however deep, is called like a picture or is one. */
  boolean holdsPictures(Path folder) throws IOException {
    for (Path entry : entries(folder)) {
      boolean holds =
          Files.isDirectory(entry)
              ? !leadsBack(entry) && holdsPictures(entry)
              : Files.isRegularFile(entry)
                  && (PICTURE_NAME.matcher(name(entry)).matches()
                      || (Files.isReadable(entry) && kind(entry).isReadablePicture()));
      if (holds) {
        return true;
      }
    }
    return false;
  }

  /** The pictures of a class, those in folders within it too. */
  List<Path> pictures(Path classFolder) throws IOException {
    List<Path> pictures = new ArrayList<>();
    collect(classFolder, pictures, new HashSet<>());
    return pictures;
  }

  private void collect(Path folder, List<Path> pictures, Set<Path> visited) throws IOException {
    if (!visited.add(folder.toRealPath())) {
      leaveOut("%s (a link back to a folder that was read)".formatted(folder));
      return;
    }
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        int before = pictures.size();
        collect(entry, pictures, visited);
        if (pictures.size() > before) {
          nested.add("%s/%s".formatted(folder.getFileName(), name(entry)));
        } else {
          leaveOut("%s (a folder without pictures)".formatted(entry));
        }
      } else {
        file(entry, pictures);
      }
    }
  }

  private void file(Path file, List<Path> pictures) throws IOException {
    boolean called = PICTURE_NAME.matcher(name(file)).matches();
    if (!Files.exists(file)) {
      problem("%s %s".formatted(file, Input.absence(file)));
    } else if (!Files.isRegularFile(file)) {
      leaveOut("%s (no file, but a pipe or a device)".formatted(file));
    } else if (!Files.isReadable(file)) {
      problem("%s: there is no permission to read it".formatted(file));
    } else {
      ContentKind kind = kind(file);
      if (kind.isReadablePicture()) {
        pictures.add(file);
      } else if (kind.isPicture()) {
        unreadable.computeIfAbsent(kind, _ -> new ArrayList<>()).add(name(file));
      } else if (called) {
        problem(Picture.noPicture(file));
      } else {
        otherFiles.add(file);
      }
    }
  }

  private static ContentKind kind(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ContentKind.of(in.readNBytes(ContentKind.FIRST_BYTES));
    }
  }

  /** By name; what programs put there is passed over, and told in one word. */
  private List<Path> entries(Path folder) throws IOException {
    if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      throw new InvalidInput(
          "%s: %s: there is no permission to look into it".formatted(format, folder));
    }
    List<Path> all;
    try (Stream<Path> listed = Files.list(folder)) {
      all = listed.sorted().toList();
    } catch (IOException e) {
      throw new InvalidInput("%s: %s: %s".formatted(format, folder, Reasons.of(e)), e);
    }
    for (Path entry : all) {
      if (isMadeByNobody(name(entry)) && !name(entry).startsWith(".")) {
        leaveOut(name(entry) + " (made by a program, not by a person)");
      }
    }
    return all.stream().filter(entry -> !isMadeByNobody(name(entry))).toList();
  }

  private static boolean leadsBack(Path folder) throws IOException {
    return Files.isSymbolicLink(folder) && folder.toAbsolutePath().startsWith(folder.toRealPath());
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Tells what was left out, or what is wrong where anything is. */
  void settle() {
    if (!problems.isEmpty()) {
      throw new InvalidInput(PictureFiles.firstOf(format, List.copyOf(problems)));
    }
    if (!nested.isEmpty()) {
      remarks.add(
          "pictures in folders within a class belong to it: %s".formatted(Remarks.some(nested)));
    }
    unreadable.forEach((kind, files) ->
        remarks.add(
            "left out: %s (%s, which cannot be read here)"
                .formatted(Remarks.some(files), kind.words())));
    if (!otherFiles.isEmpty()) {
      remarks.add(
          "left out: %s (no pictures)"
              .formatted(Remarks.some(otherFiles.stream().map(FolderAccount::name).toList())));
    }
    if (!left.isEmpty()) {
      remarks.add("left out: %s".formatted(Remarks.some(left)));
    }
  }
}
