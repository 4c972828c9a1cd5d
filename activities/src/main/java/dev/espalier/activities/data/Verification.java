package dev.espalier.activities.data;

/**
 * What became of recomputing a stored data set's digest.
 *
 * @param found the digest of what is stored; what is wrong in words where it could not be read
 * @param bytes that were read
 */
public record Verification(String name, String expected, String found, long bytes) {
  public boolean sound() {
    return found.equals(expected);
  }

  /** One sentence for a person. */
  public String sentence() {
    return sound()
        ? "%s is sound: %,d bytes, digest %s".formatted(name, bytes, expected)
        : "%s is damaged: found %s, expected %s. Fetch or import it again: it is stored anew then"
            .formatted(name, found, expected);
  }
}
