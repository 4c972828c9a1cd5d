package dev.espalier.workflows;

/** Names of arithmetics: two workers of one class compute the same bits. */
public final class NumericClasses {
  /** What every CPU worker is pinned to: the engine's version, its instruction set, one thread. */
  public static final String CPU = "cpu/torch-2.7.1/avx2/threads-1";

  private NumericClasses() {}
}
