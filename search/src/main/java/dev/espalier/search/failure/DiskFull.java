package dev.espalier.search.failure;

/** A disk with less room than a write needs: nothing was written, and nothing is damaged. */
public final class DiskFull extends Lost {
  private static final long serialVersionUID = 1L;

  /**
   * @param place a file or folder on the disk
   * @param freeBytes what is free there
   * @param neededBytes what must be free, with what is to stay so
   */
  public DiskFull(String place, long freeBytes, long neededBytes) {
    super(
        "%s are free on the disk of %s, and %s are needed: make room there"
            .formatted(megabytes(freeBytes, false), place, megabytes(neededBytes, true)));
  }

  /** Whole megabytes: what is free rounded down, what is needed rounded up. */
  private static String megabytes(long bytes, boolean up) {
    return "%,d MB".formatted(up ? Math.ceilDiv(bytes, 1L << 20) : bytes >> 20);
  }
}
