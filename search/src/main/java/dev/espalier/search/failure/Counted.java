package dev.espalier.search.failure;

/** A number and what it counts: "1 cell", "15,625 cells". */
public final class Counted {
  private Counted() {}

  /** With a plural in s. */
  public static String of(long count, String noun) {
    return of(count, noun, noun + "s");
  }

  public static String of(long count, String one, String many) {
    return "%,d %s".formatted(count, count == 1 ? one : many);
  }
}
