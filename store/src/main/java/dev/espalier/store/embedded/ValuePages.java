package dev.espalier.store.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/**
 * The values of a range of keys, in order, read page by page. Where a page cannot be read, one
 * entry stands for all of its values, and the others follow.
 */
final class ValuePages implements Iterator<ValuePages.Entry> {
  /** A value, or what is wrong with the part of the file that begins with that key. */
  static final class Entry {
    private final String key;
    private final byte @Nullable [] value;
    private final String damage;

    private Entry(String key, byte @Nullable [] value, String damage) {
      this.key = key;
      this.value = value;
      this.damage = damage;
    }

    String key() {
      return key;
    }

    /** Null where it cannot be read. */
    byte @Nullable [] value() {
      return value;
    }

    String damage() {
      return damage;
    }
  }

  /** A page and how far it was read. */
  private static final class Place {
    final Page<String, byte[]> page;
    final String firstKey;
    int next;

    Place(Page<String, byte[]> page, String firstKey) {
      this.page = page;
      this.firstKey = firstKey;
    }

    boolean isOver() {
      return next >= (page.isLeaf() ? page.getKeyCount() : page.getKeyCount() + 1);
    }
  }

  private final @Nullable String from;
  private final @Nullable String to;
  private final Deque<Place> path = new ArrayDeque<>();
  private @Nullable Entry ahead;

  private ValuePages(Page<String, byte[]> root, @Nullable String from, @Nullable String to) {
    this.from = from;
    this.to = to;
    path.push(new Place(root, from == null ? "" : from));
    ahead = advance();
  }

  /**
   * @param from the first key, null for the first of all
   * @param to the last one, inclusive, null for the last of all
   */
  static Stream<Entry> of(Page<String, byte[]> root, @Nullable String from, @Nullable String to) {
    Iterable<Entry> entries = () -> new ValuePages(root, from, to);
    return StreamSupport.stream(entries.spliterator(), false);
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  @Override
  public Entry next() {
    Entry entry = ahead;
    if (entry == null) {
      throw new NoSuchElementException();
    }
    ahead = advance();
    return entry;
  }

  private @Nullable Entry advance() {
    while (!path.isEmpty()) {
      Place place = path.getFirst();
      if (place.isOver()) {
        path.pop();
        continue;
      }
      int index = place.next++;
      Entry entry = place.page.isLeaf() ? value(place.page, index) : descend(place, index);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  private @Nullable Entry value(Page<String, byte[]> leaf, int index) {
    String key = leaf.getKey(index);
    return isBefore(key) || isBeyond(key) ? null : new Entry(key, leaf.getValue(index), "");
  }

  /** A child holds the keys from the one before it on, up to the one behind it. */
  private @Nullable Entry descend(Place place, int index) {
    Page<String, byte[]> node = place.page;
    String first = index == 0 ? place.firstKey : node.getKey(index - 1);
    boolean before =
        index < node.getKeyCount() && from != null && node.getKey(index).compareTo(from) <= 0;
    if (before || (index > 0 && isBeyond(first))) {
      return null;
    }
    try {
      path.push(new Place(node.getChildPage(index), first));
      return null;
    } catch (RuntimeException failure) {
      return new Entry(first, null, damageOf(failure));
    }
  }

  private boolean isBefore(String key) {
    return from != null && key.compareTo(from) < 0;
  }

  private boolean isBeyond(String key) {
    return to != null && key.compareTo(to) > 0;
  }

  /**
   * What is wrong with a page that could not be read.
   *
   * @throws MVStoreException where it is not the page's fault: the file could not be read at all
   */
  static String damageOf(RuntimeException failure) {
    if (failure instanceof MVStoreException known
        && known.getErrorCode() != DataUtils.ERROR_FILE_CORRUPT
        && known.getErrorCode() != DataUtils.ERROR_INTERNAL
        && known.getErrorCode() != DataUtils.ERROR_CHUNK_NOT_FOUND) {
      throw known;
    }
    return "the page of the file that holds it cannot be read (%s)".formatted(failure.getMessage());
  }
}
