package dev.espalier.api.series;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A struct in Thrift's compact protocol, in which Parquet writes what it says of a file. Fields are
 * added in the order of their numbers.
 */
final class CompactStruct {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  /** A list of so many or more tells its length behind its header. */
  private static final int LONG_LIST = 15;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int last;

  CompactStruct integer(int field, int value) {
    header(field, I32);
    number(value);
    return this;
  }

  CompactStruct wide(int field, long value) {
    header(field, I64);
    number(value);
    return this;
  }

  CompactStruct text(int field, String value) {
    header(field, BINARY);
    text(value);
    return this;
  }

  CompactStruct struct(int field, CompactStruct value) {
    header(field, STRUCT);
    bytes.writeBytes(value.bytes());
    return this;
  }

  CompactStruct structs(int field, List<CompactStruct> values) {
    list(field, STRUCT, values.size());
    values.forEach(each -> bytes.writeBytes(each.bytes()));
    return this;
  }

  CompactStruct integers(int field, int... values) {
    list(field, I32, values.length);
    for (int value : values) {
      number(value);
    }
    return this;
  }

  CompactStruct texts(int field, String... values) {
    list(field, BINARY, values.length);
    for (String value : values) {
      text(value);
    }
    return this;
  }

  /** All of it, with the byte that ends it. */
  byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(bytes.toByteArray());
    whole.write(0);
    return whole.toByteArray();
  }

  /** All fields are fewer than 16 apart, so that each header is one byte. */
  private void header(int field, int type) {
    bytes.write(((field - last) << 4) | type);
    last = field;
  }

  private void list(int field, int type, int size) {
    header(field, LIST);
    if (size < LONG_LIST) {
      bytes.write((size << 4) | type);
    } else {
      bytes.write(0xf0 | type);
      unsigned(size);
    }
  }

  private void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    unsigned(utf8.length);
    bytes.writeBytes(utf8);
  }

  /** Zigzag, so that small negative numbers are short too. */
  private void number(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  private void unsigned(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
