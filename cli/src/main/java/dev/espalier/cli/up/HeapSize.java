package dev.espalier.cli.up;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory Java gets in a worker, and how many slots a machine has memory for. The heap is
 * as the espalier script gives it to {@code worker} and {@code score}. A kernel takes some 300 MB
 * at the published setting; more of them wait than fit.
 */
final class HeapSize {
  private static final long LEAST_MEGABYTES = 2_048;
  private static final long BESIDE_MEGABYTES = 1_024;
  private static final long SLOT_MEGABYTES = 512;
  private static final long NEEDED_MEGABYTES = 768;

  /** Of a slot, heap and engine together, and of all that runs beside the worker. */
  private static final long WHOLE_SLOT_MEGABYTES = 768;

  private static final long OTHERS_MEGABYTES = 2_048;

  private HeapSize() {}

  /** Java's option for a worker of so many slots on this machine, or in this container. */
  static String option(int slots) {
    return "-Xmx%dm".formatted(megabytes(slots, machineMegabytes()));
  }

  /** One slot a core, as far as the machine, or the container, has memory for them. */
  static int slots() {
    return slots(Runtime.getRuntime().availableProcessors(), machineMegabytes());
  }

  static int slots(int cores, long machineMegabytes) {
    long fitting = (machineMegabytes - OTHERS_MEGABYTES) / WHOLE_SLOT_MEGABYTES;
    return Math.clamp(fitting, 1, cores);
  }

  private static long machineMegabytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
        >> 20;
  }

  /** Half a gigabyte a slot and one more, but no more than half of the machine's memory. */
  static long megabytes(int slots, long machineMegabytes) {
    long wanted = Math.max(LEAST_MEGABYTES, BESIDE_MEGABYTES + SLOT_MEGABYTES * slots);
    return Math.max(NEEDED_MEGABYTES, Math.min(wanted, machineMegabytes / 2));
  }
}
