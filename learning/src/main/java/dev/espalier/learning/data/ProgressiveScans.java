package dev.espalier.learning.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a progressive JPEG has all its scans. Its coefficients come in several scans, each of
 * some components, a band of frequencies and a bit (ITU-T T.81, annex G); where the last scans are
 * missing and an end marker follows, decoders show a blurred picture and say nothing.
 */
final class ProgressiveScans {
  private static final int FREQUENCIES = 64;
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int PROGRESSIVE = 0xc2;

  /** By component: the lowest bit that is known of each frequency. */
  private final Map<Integer, int[]> lowest = new TreeMap<>();

  private ProgressiveScans() {}

  /** Whether the file is a progressive JPEG that ends before its last bits. */
  static boolean areLacking(Path file) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readUnsignedShort() != (0xff00 | START)) {
        return false;
      }
      return new ProgressiveScans().lacks(in);
    } catch (EOFException e) {
      return false; // decoders say that
    }
  }

  private boolean lacks(DataInputStream in) throws IOException {
    for (int marker = marker(in); marker != END; marker = marker(in)) {
      if (isAlone(marker)) {
        continue;
      }
      byte[] segment = in.readNBytes(Math.max(0, in.readUnsignedShort() - 2));
      if (isFrame(marker)) {
        if (marker != PROGRESSIVE) {
          return false;
        }
        frame(segment);
      } else if (marker == SCAN) {
        scan(segment);
      }
    }
    return lowest.values().stream().anyMatch(ProgressiveScans::isUnfinished);
  }

  /** The next marker; passes over the data of a scan, whose 0xff are followed by 0. */
  private static int marker(DataInputStream in) throws IOException {
    int sign = in.readUnsignedByte();
    while (true) {
      while (sign != 0xff) {
        sign = in.readUnsignedByte();
      }
      sign = in.readUnsignedByte();
      if (sign != 0 && sign != 0xff) {
        return sign;
      }
    }
  }

  /** Without a segment: restarts, and one that stands for nothing. */
  private static boolean isAlone(int marker) {
    return (marker >= 0xd0 && marker <= 0xd7) || marker == START || marker == 1;
  }

  /** Frames are 0xc0 to 0xcf, but for the tables of Huffman (c4) and arithmetic coding (cc). */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  /** Precision, height, width, then three bytes a component, the first of which is its number. */
  private void frame(byte[] segment) {
    for (int at = 6; at + 2 < segment.length; at += 3) {
      int[] unknown = new int[FREQUENCIES];
      Arrays.fill(unknown, Integer.MAX_VALUE);
      lowest.put(segment[at] & 0xff, unknown);
    }
  }

  /** Two bytes a component, then the first and the last frequency and the bits. */
  private void scan(byte[] segment) {
    int components = segment.length == 0 ? 0 : segment[0] & 0xff;
    int band = 1 + 2 * components;
    if (segment.length < band + 3) {
      return; // decoders say that
    }
    int last = Math.min(FREQUENCIES - 1, segment[band + 1] & 0xff);
    int bit = segment[band + 2] & 0xf;
    for (int i = 0; i < components; i++) {
      int[] known = lowest.get(segment[1 + 2 * i] & 0xff);
      for (int k = segment[band] & 0xff; known != null && k <= last; k++) {
        known[k] = Math.min(known[k], bit);
      }
    }
  }

  private static boolean isUnfinished(int[] known) {
    return Arrays.stream(known).anyMatch(bit -> bit > 0);
  }
}
