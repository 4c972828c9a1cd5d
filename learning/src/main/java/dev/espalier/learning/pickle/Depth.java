package dev.espalier.learning.pickle;

import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** How deep collections lie within each other; what holds itself has no end of it. */
final class Depth {
  /** Data lies a few levels deep. */
  static final int MOST = 200;

  private static final int WITHOUT_END = MOST + 1;

  private final IdentityHashMap<Object, Integer> known = new IdentityHashMap<>();

  private Depth() {}

  /** No more than one above {@link #MOST}. */
  static int of(Object content) {
    return new Depth().below(content, 0);
  }

  private int below(Object content, int above) {
    if (!isCollection(content)) {
      return 0;
    }
    if (above >= MOST) {
      return WITHOUT_END;
    }
    Integer before = known.putIfAbsent(content, WITHOUT_END); // while it is being looked through
    if (before != null) {
      return before;
    }
    int deepest = 0;
    for (Object inner : inside(content)) {
      deepest = Math.max(deepest, below(inner, above + 1));
    }
    int depth = Math.min(WITHOUT_END, deepest + 1);
    known.put(content, depth);
    return depth;
  }

  private static boolean isCollection(Object content) {
    return content instanceof Collection<?>
        || content instanceof Map<?, ?>
        || content instanceof Object[];
  }

  private static Iterable<?> inside(Object content) {
    return switch (content) {
      case Collection<?> collection -> collection;
      case Map<?, ?> map -> List.of(map.keySet().toArray(), map.values().toArray());
      case Object[] tuple -> Arrays.asList(tuple);
      default -> List.of();
    };
  }
}
