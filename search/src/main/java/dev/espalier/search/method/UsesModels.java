package dev.espalier.search.method;

import java.util.List;

/** A specification that uses trained models of the catalogue. */
public interface UsesModels extends Specification {
  /** What it needs, in the order of its work. */
  List<Need> needs();

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
