package dev.espalier.store;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.IntFunction;

/** Reads an artifact chunk by chunk, and checks length and digest when the last one was read. */
final class ArtifactStream extends InputStream {
  private final ArtifactHeader header;
  private final IntFunction<Optional<byte[]>> chunks;
  private final Runnable corrupt;
  private final MessageDigest digest = Artifacts.sha256();
  private byte[] chunk = {};
  private int position;
  private int next;
  private boolean checked;

  ArtifactStream(ArtifactHeader header, IntFunction<Optional<byte[]>> chunks, Runnable corrupt) {
    this.header = header;
    this.chunks = chunks;
    this.corrupt = corrupt;
  }

  @Override
  public int read() {
    return fill() ? chunk[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, into, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return chunk.length - position;
  }

  private boolean fill() {
    while (position == chunk.length) {
      if (next == Artifacts.chunkCount(header.bytes())) {
        check();
        return false;
      }
      int number = next;
      chunk = chunks.apply(number).orElseThrow(() -> failure("chunk " + number + " is missing"));
      digest.update(chunk);
      position = 0;
      next++;
    }
    return true;
  }

  private void check() {
    if (checked) {
      return;
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(header.sha())) {
      throw failure("its bytes have the digest " + found);
    }
    checked = true;
  }

  private CorruptArtifact failure(String what) {
    corrupt.run();
    return new CorruptArtifact(
        header.sha(),
        "artifact %s (%s, %,d bytes) is corrupt: %s. It will not be used; run the stage that made it again"
            .formatted(header.sha(), header.kind(), header.bytes(), what));
  }
}
