package dev.espalier.search.method;

import java.util.List;

/** A specification that uses trained models of the catalogue. */
public interface UsesModels extends Specification {
  /** What it needs, in the order of its work. */
  List<Need> needs();

  /** What it names beside them in the catalogue of data. */
  default List<Beside> beside() {
    return List.of();
  }

  /**
   * Whether its images have to go through the encoder that those of the last model went through.
   */
  default boolean encodesImages() {
    return false;
  }

  /** How many training images of each class are drawn at once; 0 for none. */
  default Drawn drawn() {
    return new Drawn("", 0);
  }

  /**
   * Images that are drawn of each class.
   *
   * @param setting that says how many, for messages
   */
  record Drawn(String setting, int ofClass) {}

  /**
   * Something that is named in the catalogue of data.
   *
   * @param setting that names it, for messages
   * @param kind {@code features} or {@code meta-database}
   * @param width that features must have; 0 where the models tell
   */
  record Beside(String setting, String kind, String name, int width) {}

  /**
   * A model that is needed.
   *
   * @param setting that names it, for messages
   * @param kind that it must be of
   * @param name in the catalogue; empty for the newest of the kind and space
   * @param otherwise how to come by one, for messages
   */
  record Need(String setting, String kind, String name, String otherwise) {}
}
