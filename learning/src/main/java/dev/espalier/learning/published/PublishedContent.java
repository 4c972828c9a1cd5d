package dev.espalier.learning.published;

import dev.espalier.learning.pickle.DataPickle;
import dev.espalier.learning.pickle.TorchTensor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a file of PyTorch's turns out to hold, told by its content. */
public enum PublishedContent {
  /** A map from names to tensors, perhaps within another map. */
  CHECKPOINT("a checkpoint: the weights of a network"),
  /** A map of accuracies, tasks and graphs. */
  TASKS("a meta-database: architectures with their accuracies on tasks"),
  /** A list of classes for each task. */
  TASK_LIST("the classes of the tasks of a meta-database"),
  /** A map of architectures and test accuracies. */
  BENCHMARK("a benchmark: architectures with their accuracies on data sets"),
  /** A list of evaluated sub-networks of a supernet. */
  COLLECTED("a meta-database: sub-networks of a supernet with their accuracies on tasks"),
  /** A map from classes to tensors of features. */
  FEATURES("features of images by class"),
  OTHER("nothing that MetaD2A has published");

  private static final Pattern WEIGHTS = Pattern.compile("\\.|weight|bias|kernel|embedding");

  private final String words;

  PublishedContent(String words) {
    this.words = words;
  }

  /** What it is, for a person; to stand after "is". */
  public String words() {
    return words;
  }

  /**
   * @param content of a {@link dev.espalier.learning.pickle.TorchFile}
   */
  public static PublishedContent of(Object content) {
    return switch (content) {
      case Map<?, ?> map -> ofMap(map);
      case Collection<?> list when list.isEmpty() -> OTHER;
      case List<?> list when list.getFirst() instanceof Map<?, ?> map ->
          DataPickle.value(map, "net") != null && DataPickle.value(map, "top1") != null
              ? COLLECTED
              : OTHER;
      case List<?> list
          when list.getFirst() instanceof Collection<?>
              || (list.getFirst() instanceof TorchTensor tensor && tensor.shape().size() < 2) ->
          TASK_LIST;
      default -> OTHER;
    };
  }

  private static PublishedContent ofMap(Map<?, ?> map) {
    if (has(map, "acc") && has(map, "task") && has(map, "graph")) {
      return TASKS;
    }
    if (has(map, "arch") && has(map, "test-acc")) {
      return BENCHMARK;
    }
    if (map.isEmpty()) {
      return OTHER;
    }
    if (map.keySet().stream().allMatch(Number.class::isInstance) || isMatrixByName(map)) {
      return FEATURES;
    }
    boolean weights =
        map.values().stream()
            .anyMatch(value ->
                value instanceof TorchTensor
                    || (value instanceof Map<?, ?> inner && of(inner) == CHECKPOINT));
    return weights ? CHECKPOINT : OTHER;
  }

  /** Names of classes, none of them one that weights have. */
  private static boolean isMatrixByName(Map<?, ?> map) {
    return map.entrySet().stream()
        .allMatch(entry ->
            entry.getKey() instanceof String name
                && !WEIGHTS.matcher(name).find()
                && entry.getValue() instanceof TorchTensor tensor
                && tensor.shape().size() == 2);
  }

  private static boolean has(Map<?, ?> map, String key) {
    return DataPickle.value(map, key) != null;
  }
}
