package dev.espalier.search.method;

/** A specification whose networks are trained on tasks: some of the data's classes each. */
public interface DrawsTasks extends TrainsNetworks {
  /** How many classes a task has. */
  int classesOfTask();

  /** How many training images each class of the data must have; 0 for any number. */
  int imagesOfClass();
}
