package dev.espalier.activities.data;

import java.util.function.Consumer;

/** Tells how far a download is, each fiftieth of the file, but not more often than every 4 MiB. */
final class DownloadProgress {
  private static final long LEAST = 4L << 20;

  private final String name;
  private final long before;
  private final long all;
  private final long step;
  private final Consumer<String> progress;
  private long next;

  /**
   * @param before bytes that were here already
   * @param expected bytes that are to come; negative where nobody knows
   */
  DownloadProgress(String name, long before, long expected, Consumer<String> progress) {
    this.name = name;
    this.before = before;
    this.all = expected < 0 ? -1 : before + expected;
    this.step = Math.max(LEAST, all / 50);
    this.progress = progress;
    this.next = step;
  }

  void received(long bytes) {
    if (bytes < next) {
      return;
    }
    next = bytes + step;
    long have = before + bytes;
    progress.accept(
        all < 0
            ? "%s: %,d MB".formatted(name, have / 1_000_000)
            : "%s: %,d of %,d MB (%d %%)"
                .formatted(name, have / 1_000_000, all / 1_000_000, 100 * have / all));
  }
}
