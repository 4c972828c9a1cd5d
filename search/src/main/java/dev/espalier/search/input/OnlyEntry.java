package dev.espalier.search.input;

import dev.espalier.search.failure.InvalidInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The one file of a zip archive; where another follows, nobody can say which is meant. */
final class OnlyEntry extends FilterInputStream {
  private final String name;
  private final ZipInputStream zip;
  private boolean ended;

  OnlyEntry(String name, ZipInputStream zip) {
    super(zip);
    this.name = name;
    this.zip = zip;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    int read = ended ? -1 : zip.read(bytes, start, length);
    if (read < 0 && !ended) {
      ended = true;
      for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
        if (!next.isDirectory() && !next.getName().startsWith("__MACOSX")) {
          throw new InvalidInput(
              "%s: is a zip archive of several files: unpack it and give the one that is meant"
                  .formatted(name));
        }
      }
    }
    return read;
  }
}
