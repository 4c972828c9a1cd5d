package dev.espalier.workflows;

import org.jspecify.annotations.Nullable;

/**
 * The task queues. Each names the store that it serves: of two stores on one Temporal, neither gets
 * the other's work. Runs that began before stores had a name have queues without one.
 */
public final class TaskQueues {
  private TaskQueues() {}

  /**
   * Workflow code, and activities that only touch the store. Every worker of the store polls it.
   */
  public static String workflows(@Nullable String store) {
    return of("workflows", store);
  }

  /**
   * The queue of the work that computes numbers. A queue belongs to one numeric class, so that a
   * worker whose arithmetic could give other bits never gets the work.
   *
   * @param numericClass such as {@code cpu/torch-2.7.1/avx2/threads-1}; its first part names the
   *     device
   */
  public static String compute(@Nullable String store, String numericClass) {
    String device = numericClass.startsWith("cuda") ? "gpu" : "cpu";
    return of(device, store) + "/" + numericClass;
  }

  private static String of(String work, @Nullable String store) {
    return "espalier-" + work + (store == null ? "" : "-" + store);
  }
}
