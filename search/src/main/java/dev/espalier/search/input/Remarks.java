package dev.espalier.search.input;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a person should know of a source beside the result: what was understood, and what was left
 * out. Safe to share between threads.
 */
public final class Remarks {
  private static final int SHOWN = 5;

  private final List<String> sentences = new ArrayList<>();

  /** Adds a sentence, once. */
  public synchronized void add(String sentence) {
    if (!sentences.contains(sentence)) {
      sentences.add(sentence);
    }
  }

  /** All sentences, in the order in which they came. */
  public synchronized List<String> all() {
    return List.copyOf(sentences);
  }

  /** The first few of some names, and how many more there are. */
  public static String some(Collection<String> names) {
    String first = String.join(", ", names.stream().limit(SHOWN).toList());
    return names.size() > SHOWN ? first + " and %,d more".formatted(names.size() - SHOWN) : first;
  }
}
