package dev.espalier.search.method;

/**
 * How a stage is called within its experiment: as in the plan of its method, and behind the
 * method's name and a colon where the experiment begins with that method's stages, such as {@code
 * metad2a-database:evaluate}.
 *
 * @param method empty for a stage of the experiment's own method
 * @param stage as in the plan
 */
public record StageName(String method, String stage) {
  /** Reads one. */
  public static StageName of(String name) {
    int colon = name.indexOf(':');
    return colon < 0
        ? new StageName("", name)
        : new StageName(name.substring(0, colon), name.substring(colon + 1));
  }

  /** Whether it is a stage of the experiment's own method. */
  public boolean isOwn() {
    return method.isEmpty();
  }

  @Override
  public String toString() {
    return isOwn() ? stage : method + ":" + stage;
  }
}
