package dev.espalier.learning.data;

import dev.espalier.search.random.RandomStream;
import java.util.List;

/** The test part of data that comes without one: a seeded, stratified fifth. */
final class TestShare {
  static final double SHARE = 0.2;

  private TestShare() {}

  static ImageDataset split(String name, List<String> classNames, Images all, long seed) {
    Selection.Split split =
        Selection.stratified(
            all, classNames.size(), SHARE, RandomStream.of(seed, "data", "test-split"));
    return new ImageDataset(
        name, classNames, all.select(split.train()), all.select(split.validation()));
  }
}
