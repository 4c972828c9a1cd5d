package dev.espalier.store;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What people call an experiment: for people alone, part of no specification, key or digest.
 *
 * @param name empty for none; several experiments may have the same
 * @param tags words, in order
 * @param note empty for none
 */
public record Labels(String name, List<String> tags, String note) {
  public static final Labels NONE = new Labels("", List.of(), "");

  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_TAG = 40;
  private static final int LONGEST_NOTE = 2_000;
  private static final int MOST_TAGS = 20;

  public Labels {
    tags = List.copyOf(tags);
  }

  /**
   * A change of labels.
   *
   * @param name null to leave it as it is, empty to take it away
   * @param addTags tags that are there already are well
   * @param removeTags tags that are not there are well
   * @param note as the name
   */
  public record Change(
      @Nullable String name, List<String> addTags, List<String> removeTags, @Nullable String note) {
    /**
     * @throws InvalidInput with everything that is wrong with it
     */
    public Change {
      List<String> problems = new ArrayList<>();
      name = name == null ? null : name.strip();
      note = note == null ? null : note.strip();
      addTags = List.copyOf(addTags);
      removeTags = List.copyOf(removeTags);
      if (name != null) {
        requireClean("a name", name, LONGEST_NAME, problems);
        if (name.startsWith("-")) {
          problems.add("a name cannot begin with a dash, since it can stand where an id can");
        }
      }
      if (note != null) {
        requireClean("a note", note, LONGEST_NOTE, problems);
      }
      for (String tag : addTags) {
        requireClean("a tag", tag, LONGEST_TAG, problems);
        if (tag.isEmpty() || tag.startsWith("-") || tag.startsWith("+") || !isWord(tag)) {
          problems.add(
              "a tag is a word without blanks and commas that begins with neither - nor +, but was \"%s\""
                  .formatted(tag));
        }
      }
      if (name == null && note == null && addTags.isEmpty() && removeTags.isEmpty()) {
        problems.add("nothing is to be changed: give a name, a note or tags");
      }
      if (!problems.isEmpty()) {
        throw new InvalidInput(problems);
      }
    }

    private static boolean isWord(String tag) {
      return tag.codePoints().noneMatch(sign -> Character.isSpaceChar(sign) || sign == ',');
    }

    private static void requireClean(String what, String text, int longest, List<String> problems) {
      int length = text.codePointCount(0, text.length());
      if (length > longest) {
        problems.add("%s has at most %,d characters, but has %,d".formatted(what, longest, length));
      }
      if (text.codePoints().anyMatch(Change::isUnseen)) {
        problems.add("%s cannot have control characters, line ends among them".formatted(what));
      }
    }

    /** Control characters, and those that turn the direction of what is beside them. */
    private static boolean isUnseen(int sign) {
      return switch (Character.getType(sign)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.SURROGATE ->
            true;
        default -> false;
      };
    }
  }

  /**
   * What comes of a change.
   *
   * @throws InvalidInput if there are too many tags
   */
  public Labels with(Change change) {
    Collection<String> all = new TreeSet<>(tags);
    all.addAll(change.addTags());
    all.removeAll(change.removeTags());
    if (all.size() > MOST_TAGS) {
      throw new InvalidInput(
          "an experiment has at most %d tags, and would have %d: remove some first"
              .formatted(MOST_TAGS, all.size()));
    }
    return new Labels(
        change.name() == null ? name : change.name(),
        List.copyOf(all),
        change.note() == null ? note : change.note());
  }

  /** As people read it in a log. */
  public String inWords() {
    List<String> parts = new ArrayList<>();
    if (!name.isEmpty()) {
      parts.add("name \"%s\"".formatted(name));
    }
    if (!tags.isEmpty()) {
      parts.add("tags " + String.join(", ", tags));
    }
    if (!note.isEmpty()) {
      parts.add("note \"%s\"".formatted(note));
    }
    return parts.isEmpty() ? "no name, tags or note" : String.join("; ", parts);
  }
}
