package dev.espalier.learning.ntk;

/** Counts the multiply-adds of a kernel's backward passes: what is left of them after skipping. */
final class Work {
  private long multiplyAdds;

  void add(long more) {
    multiplyAdds += more;
  }

  long multiplyAdds() {
    return multiplyAdds;
  }
}
