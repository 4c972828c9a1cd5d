package dev.espalier.search.trainings;

/** What was measured: time since the training began, or an accuracy as a ratio. */
public enum Metric {
  SECONDS("seconds", 0),
  TRAIN("train", 1),
  VALIDATION("validation", 2),
  TEST("test", 3);

  private final String label;
  private final int place;

  Metric(String label, int place) {
    this.label = label;
    this.place = place;
  }

  /** As tables name it. */
  public String label() {
    return label;
  }

  /** Where published tables have it, from 0. */
  public int place() {
    return place;
  }

  public boolean isAccuracy() {
    return this != SECONDS;
  }
}
