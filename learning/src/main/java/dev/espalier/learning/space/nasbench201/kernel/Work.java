package dev.espalier.learning.space.nasbench201.kernel;

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
