package dev.espalier.workflows;

/** The task queues. */
public final class TaskQueues {
  /** Workflow code, and activities that only touch the store. Every worker polls it. */
  public static final String WORKFLOWS = "espalier-workflows";

  private TaskQueues() {}

  /**
   * The queue of the work that computes numbers. A queue belongs to one numeric class, so that a
   * worker whose arithmetic could give other bits never gets the work.
   *
   * @param numericClass such as {@code cpu/torch-2.7.1/avx2/threads-1}; its first part names the
   *     device
   */
  public static String compute(String numericClass) {
    String device = numericClass.startsWith("cuda") ? "gpu" : "cpu";
    return "espalier-" + device + "/" + numericClass;
  }
}
