package dev.espalier.search.drawing;

/** A shape that stands for an operator: each about the same area around its middle. */
public enum Symbol {
  CROSS("M-1.6-5H1.6V-1.6H5V1.6H1.6V5H-1.6V1.6H-5V-1.6H-1.6z", 45),
  CIRCLE("M0-5.2A5.2 5.2 0 1 1 0 5.2A5.2 5.2 0 1 1 0-5.2z", 0),
  TRIANGLE("M0-6 6 4.8H-6z", 0),
  SQUARE("M-4.8-4.8H4.8V4.8H-4.8z", 0),
  DIAMOND("M0-6.4 6.4 0 0 6.4-6.4 0z", 0),
  PENTAGON("M0-6 5.7-1.9 3.5 4.9H-3.5L-5.7-1.9z", 0),
  HEXAGON("M0-6 5.2-3V3L0 6-5.2 3V-3z", 90),
  STAR("M0-6.6 1.9-2.2 6.6-2 2.9 1 4.2 5.6 0 3-4.2 5.6-2.9 1-6.6-2-1.9-2.2z", 0),
  PLUS("M-2-5.6H2V-2H5.6V2H2V5.6H-2V2H-5.6V-2H-2z", 0),
  TRIANGLE_DOWN("M0-6 6 4.8H-6z", 180),
  HOURGLASS("M-5-5.6H5L1.6 0 5 5.6H-5L-1.6 0z", 0),
  HALF_LEFT("M-6.2 3.1A6.2 6.2 0 0 1 6.2 3.1z", 270),
  HALF_UP("M-6.2 3.1A6.2 6.2 0 0 1 6.2 3.1z", 0),
  HALF_RIGHT("M-6.2 3.1A6.2 6.2 0 0 1 6.2 3.1z", 90),
  CHEVRON_LEFT("M0-5.6 6.2.8V5.6L0-.8-6.2 5.6V.8z", 270),
  CHEVRON_UP("M0-5.6 6.2.8V5.6L0-.8-6.2 5.6V.8z", 0),
  CHEVRON_RIGHT("M0-5.6 6.2.8V5.6L0-.8-6.2 5.6V.8z", 90),
  ARROW_LEFT("M0-6.4 6.2 0H2.6V6H-2.6V0H-6.2z", 270),
  ARROW_UP("M0-6.4 6.2 0H2.6V6H-2.6V0H-6.2z", 0),
  ARROW_RIGHT("M0-6.4 6.2 0H2.6V6H-2.6V0H-6.2z", 90);

  private final String path;
  private final int turned;

  Symbol(String path, int turned) {
    this.path = path;
    this.turned = turned;
  }

  /** The data of an SVG path within -7 and 7, to be turned by {@link #turned}. */
  public String path() {
    return path;
  }

  /** Degrees, clockwise. */
  public int turned() {
    return turned;
  }
}
