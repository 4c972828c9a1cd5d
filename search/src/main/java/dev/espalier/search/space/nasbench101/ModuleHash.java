package dev.espalier.search.space.nasbench101;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The benchmark's hash of a cell, the same for isomorphic ones: MD5 of what each vertex is, then as
 * often as there are vertices of what each reads, is read by and was, then of all vertices sorted.
 * Its parts are hexadecimal digits.
 *
 * <p>Not safe for several threads.
 */
final class ModuleHash {
  private static final int INPUT = -1;
  private static final int OUTPUT = -2;
  private static final int BYTES = 16;
  private static final int DIGITS = 2 * BYTES;
  private static final byte[] DIGIT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Of vertices that are read by so many, read so many and have such a label. */
  private static final byte[][][][] FIRST = first();

  private final MessageDigest md5 = md5();
  private final byte[] digest = new byte[BYTES];
  private final byte[] text = new byte[512];
  private final byte[][] neighbours = new byte[GraphCode.MOST_VERTICES][];
  private byte[][] hashes = new byte[GraphCode.MOST_VERTICES][DIGITS];
  private byte[][] next = new byte[GraphCode.MOST_VERTICES][DIGITS];

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static byte[][][][] first() {
    int most = GraphCode.MOST_VERTICES;
    int labels = VertexOperation.ALL.size() - OUTPUT;
    byte[][][][] first = new byte[most][most][labels][];
    MessageDigest md5 = md5();
    for (int readers = 0; readers < most; readers++) {
      for (int sources = 0; sources < most; sources++) {
        for (int label = OUTPUT; label < VertexOperation.ALL.size(); label++) {
          byte[] tuple =
              "(%d, %d, %d)".formatted(readers, sources, label).getBytes(StandardCharsets.US_ASCII);
          first[readers][sources][label - OUTPUT] =
              HexFormat.of().formatHex(md5.digest(tuple)).getBytes(StandardCharsets.US_ASCII);
        }
      }
    }
    return first;
  }

  /** 32 hexadecimal digits. */
  String of(GraphCell cell) {
    compute(cell.vertices(), cell.edgeBits(), cell.labels());
    return HexFormat.of().formatHex(digest);
  }

  /** Leaves the hash in {@link #digest}. */
  private void compute(int vertices, int edges, int labels) {
    int[] sources = new int[vertices];
    int[] readers = new int[vertices];
    for (int target = 1; target < vertices; target++) {
      for (int source = 0; source < target; source++) {
        if ((edges & GraphCode.edge(source, target)) != 0) {
          sources[target] |= 1 << source;
          readers[source] |= 1 << target;
        }
      }
    }
    for (int vertex = 0; vertex < vertices; vertex++) {
      int label =
          vertex == 0
              ? INPUT
              : vertex == vertices - 1 ? OUTPUT : GraphCode.operation(vertices, labels, vertex);
      byte[] first =
          FIRST[Integer.bitCount(readers[vertex])][Integer.bitCount(sources[vertex])][
              label - OUTPUT];
      System.arraycopy(first, 0, hashes[vertex], 0, DIGITS);
    }
    for (int round = 0; round < vertices; round++) {
      for (int vertex = 0; vertex < vertices; vertex++) {
        int end = put(sources[vertex], 0);
        text[end++] = '|';
        end = put(readers[vertex], end);
        text[end++] = '|';
        System.arraycopy(hashes[vertex], 0, text, end, DIGITS);
        digest(end + DIGITS);
        toDigits(next[vertex]);
      }
      byte[][] former = hashes;
      hashes = next;
      next = former;
    }
    ofAll(vertices);
  }

  /** Puts the hashes of these vertices into the text, sorted. */
  private int put(int vertices, int from) {
    int count = 0;
    for (int rest = vertices; rest != 0; rest &= rest - 1) {
      neighbours[count++] = hashes[Integer.numberOfTrailingZeros(rest)];
    }
    if (count > 1) {
      Arrays.sort(neighbours, 0, count, Arrays::compare);
    }
    int end = from;
    for (int i = 0; i < count; i++) {
      System.arraycopy(neighbours[i], 0, text, end, DIGITS);
      end += DIGITS;
    }
    return end;
  }

  /** As Python writes a sorted list of them: in brackets, each between quotes. */
  private void ofAll(int vertices) {
    Arrays.sort(hashes, 0, vertices, Arrays::compare);
    int end = 0;
    text[end++] = '[';
    for (int vertex = 0; vertex < vertices; vertex++) {
      if (vertex > 0) {
        text[end++] = ',';
        text[end++] = ' ';
      }
      text[end++] = '\'';
      System.arraycopy(hashes[vertex], 0, text, end, DIGITS);
      end += DIGITS;
      text[end++] = '\'';
    }
    text[end++] = ']';
    digest(end);
  }

  private void digest(int length) {
    md5.update(text, 0, length);
    try {
      md5.digest(digest, 0, BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("MD5 has 16 bytes", e);
    }
  }

  private void toDigits(byte[] digits) {
    for (int i = 0; i < BYTES; i++) {
      digits[2 * i] = DIGIT[(digest[i] >>> 4) & 15];
      digits[2 * i + 1] = DIGIT[digest[i] & 15];
    }
  }
}
