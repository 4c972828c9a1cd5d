package dev.espalier.cli.up;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory Java gets in a worker: as the espalier script gives it to {@code worker} and
 * {@code score}. A kernel takes some 300 MB at the published setting; more of them wait than fit.
 */
final class HeapSize {
  private static final long LEAST_MEGABYTES = 2_048;
  private static final long BESIDE_MEGABYTES = 1_024;
  private static final long SLOT_MEGABYTES = 512;
  private static final long NEEDED_MEGABYTES = 768;

  private HeapSize() {}

  /** Java's option for a worker of so many slots on this machine, or in this container. */
  static String option(int slots) {
    long machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return "-Xmx%dm".formatted(megabytes(slots, machine >> 20));
  }

  /** Half a gigabyte a slot and one more, but no more than half of the machine's memory. */
  static long megabytes(int slots, long machineMegabytes) {
    long wanted = Math.max(LEAST_MEGABYTES, BESIDE_MEGABYTES + SLOT_MEGABYTES * slots);
    return Math.max(NEEDED_MEGABYTES, Math.min(wanted, machineMegabytes / 2));
  }
}
