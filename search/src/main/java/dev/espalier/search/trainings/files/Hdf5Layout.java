package dev.espalier.search.trainings.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Everything of an HDF5 file but its numbers: data sets in one group, each in one piece, in the
 * oldest version of the format, which every program reads (HDF5 file format specification 1.0:
 * superblock 0, symbol table, object headers 1). The data follow in the order of the names, without
 * gaps.
 */
final class Hdf5Layout {
  /** Versions, class and properties of a type, as they stand in the file. */
  static final class Type {
    private final int bytes;
    private final byte[] message;

    private Type(int bytes, ByteBuffer message) {
      this.bytes = bytes;
      this.message = new byte[message.capacity()];
      message.get(0, this.message);
    }
  }

  static final Type INT_8 = whole(1);
  static final Type INT_32 = whole(4);
  static final Type FLOAT_32 =
      new Type(
          4,
          little(24)
              .put(new byte[] {0x11, 0x20, 0x1f, 0}) // normalised, the sign is bit 31
              .putInt(4)
              .putShort((short) 0)
              .putShort((short) 32)
              .put(new byte[] {23, 8, 0, 23}) // exponent and mantissa: place and bits
              .putInt(127));

  private static final long UNDEFINED = -1;
  private static final int SUPERBLOCK = 96;
  private static final int ROOT = 40;
  private static final int TREE = 544;
  private static final int HEAP = 32;
  private static final int SYMBOLS = 328;
  private static final int MOST_NAMES = 8;
  private static final int ENTRY = 40;

  private record Entry(String name, Type type, List<Long> shape) {
    long dataBytes() {
      long bytes = type.bytes;
      for (long each : shape) {
        bytes *= each;
      }
      return bytes;
    }

    /** Prefix, then data space, type, fill value and layout, 8 bytes before each. */
    int headerBytes() {
      return 16 + messageBytes();
    }

    int messageBytes() {
      return 4 * 8 + spaceBytes() + type.message.length + 8 + 24;
    }

    int spaceBytes() {
      return 8 + 8 * shape.size();
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Type whole(int bytes) {
    return new Type(
        bytes,
        little(16)
            .put(new byte[] {0x10, 0x08, 0, 0}) // with a sign
            .putInt(bytes)
            .putShort((short) 0)
            .putShort((short) (8 * bytes)));
  }

  /** Characters of ASCII, filled up with zeros. */
  static Type text(int bytes) {
    return new Type(bytes, little(8).put(new byte[] {0x13, 1, 0, 0}).putInt(bytes));
  }

  /**
   * Adds a data set.
   *
   * @param name after the names before, in the order of the alphabet
   */
  void add(String name, Type type, long... shape) {
    if (entries.size() == MOST_NAMES
        || (!entries.isEmpty() && entries.getLast().name().compareTo(name) >= 0)) {
      throw new IllegalArgumentException(name + " is out of order, or one too many");
    }
    entries.add(new Entry(name, type, Arrays.stream(shape).boxed().toList()));
  }

  /** All bytes before the data. */
  byte[] head() {
    int names = 8 + entries.stream().mapToInt(each -> padded(each.name())).sum();
    long tree = SUPERBLOCK + ROOT;
    long heap = tree + TREE;
    long symbols = heap + HEAP + names;
    long header = symbols + SYMBOLS;
    long data = header + entries.stream().mapToInt(Entry::headerBytes).sum();
    long end = data + entries.stream().mapToLong(Entry::dataBytes).sum();
    ByteBuffer out = ByteBuffer.allocate((int) data).order(ByteOrder.LITTLE_ENDIAN);
    superblock(out, tree, heap, end);
    root(out, tree, heap);
    tree(out, symbols);
    heap(out, heap, names);
    symbols(out, header);
    for (Entry entry : entries) {
      header(out, entry, data);
      data += entry.dataBytes();
    }
    return out.array();
  }

  private static int padded(String name) {
    return (name.length() + 1 + 7) / 8 * 8;
  }

  private static void superblock(ByteBuffer out, long tree, long heap, long end) {
    out.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'});
    out.put(new byte[] {0, 0, 0, 0, 0, 8, 8, 0}); // versions; the widths of addresses and lengths
    out.putShort((short) 4).putShort((short) 16).putInt(0); // half the nodes' entries
    out.putLong(0).putLong(UNDEFINED).putLong(end).putLong(UNDEFINED);
    out.putLong(0).putLong(SUPERBLOCK).putInt(1).putInt(0).putLong(tree).putLong(heap);
  }

  private static void root(ByteBuffer out, long tree, long heap) {
    out.put(new byte[] {1, 0}).putShort((short) 1).putInt(1).putInt(24).putInt(0);
    out.putShort((short) 0x11).putShort((short) 16).putInt(0).putLong(tree).putLong(heap);
  }

  /** One leaf, with all names between the empty one and the last. */
  private void tree(ByteBuffer out, long symbols) {
    int start = out.position();
    out.put("TREE".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0).putShort((short) 1);
    out.putLong(UNDEFINED).putLong(UNDEFINED);
    out.putLong(0).putLong(symbols).putLong(place(entries.size() - 1));
    out.position(start + TREE);
  }

  /** Where the name of an entry stands in the heap, behind the empty one. */
  private long place(int number) {
    return 8L + entries.subList(0, number).stream().mapToInt(each -> padded(each.name())).sum();
  }

  private void heap(ByteBuffer out, long address, int names) {
    out.put("HEAP".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    out.putLong(names).putLong(1).putLong(address + HEAP); // nothing of it is free
    int start = out.position();
    for (int i = 0; i < entries.size(); i++) {
      out.position(start + (int) place(i));
      out.put(entries.get(i).name().getBytes(StandardCharsets.US_ASCII));
    }
    out.position(start + names);
  }

  private void symbols(ByteBuffer out, long firstHeader) {
    int start = out.position();
    out.put("SNOD".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0);
    out.putShort((short) entries.size());
    long header = firstHeader;
    for (int i = 0; i < entries.size(); i++) {
      int entry = out.position();
      out.putLong(place(i)).putLong(header);
      out.position(entry + ENTRY);
      header += entries.get(i).headerBytes();
    }
    out.position(start + SYMBOLS);
  }

  private static void header(ByteBuffer out, Entry entry, long data) {
    out.put(new byte[] {1, 0}).putShort((short) 4).putInt(1).putInt(entry.messageBytes()).putInt(0);
    message(out, 1, entry.spaceBytes());
    out.put(new byte[] {1, (byte) entry.shape().size(), 0, 0, 0, 0, 0, 0});
    for (long each : entry.shape()) {
      out.putLong(each);
    }
    message(out, 3, entry.type().message.length);
    out.put(entry.type().message);
    message(out, 5, 8);
    out.put(new byte[] {2, 1, 2, 0, 0, 0, 0, 0}); // room at once, no value to fill it with
    message(out, 8, 24);
    out.put(new byte[] {3, 1}).putLong(data).putLong(entry.dataBytes()).put(new byte[6]);
  }

  private static void message(ByteBuffer out, int type, int bytes) {
    out.putShort((short) type).putShort((short) bytes).putInt(0);
  }
}
