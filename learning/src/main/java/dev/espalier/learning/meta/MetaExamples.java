package dev.espalier.learning.meta;

import dev.espalier.search.random.RandomStream;

/**
 * What a meta-training learns from: rows, each a task and an architecture. It may be larger than
 * memory: rows are asked for one by one, in the random order of each epoch.
 */
public interface MetaExamples {
  int size();

  /** Of all that the rows are made of: what a checkpoint must agree with. */
  String digest();

  /** New random images of the row's task. The same stream gives the same images. */
  SetDraw draw(int row, RandomStream stream);

  /** The row's architecture; it has the topology of the space. */
  CodedGraph graph(int row);

  /** Its accuracy on the task as a ratio; a generator's training does not ask. */
  double target(int row);
}
