package dev.espalier.learning.meta;

/** The two models of MetaD2A. */
public enum ModelKind {
  GENERATOR("generator", "add_vertex.0.weight"),
  PREDICTOR("predictor", "pred_fc.0.weight");

  private final String title;
  private final String mark;

  ModelKind(String title, String mark) {
    this.title = title;
    this.mark = mark;
  }

  /** For people and for files. */
  public String title() {
    return title;
  }

  /** An array that only this kind has. */
  String mark() {
    return mark;
  }
}
