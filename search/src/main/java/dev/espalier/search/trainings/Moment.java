package dev.espalier.search.trainings;

/** When in a training something was measured. */
public enum Moment {
  HALFWAY("halfway", 0),
  FINAL("final", 1);

  private final String label;
  private final int place;

  Moment(String label, int place) {
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
}
