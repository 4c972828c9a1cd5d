package dev.espalier.search.method;

import java.util.List;
import java.util.Optional;

/**
 * A specification that may ask for what it needs to be made first: its experiment begins with the
 * stages of other methods, each with the key that it has in an experiment of its own.
 */
public interface HasPrerequisites extends Specification {
  /** What is made first, in order; empty where all is at hand or named. */
  List<Specification> prerequisites();

  /**
   * What can be made where nothing fitting is at hand; empty where something is named, or where
   * making it is asked for already.
   */
  Optional<Offer> offer();

  /**
   * What can be made first.
   *
   * @param path of the group of settings that asks for it, such as {@code models.train}
   * @param by the specification that would lack it: this one, or one of its prerequisites
   * @param words what is made, such as {@code generator and predictor are meta-trained}
   */
  record Offer(String path, Specification by, String words) {
    /** The same from the outside of a group. */
    public Offer within(String group) {
      return new Offer(group + "." + path, by, words);
    }
  }
}
