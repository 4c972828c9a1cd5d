package dev.espalier.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import dev.espalier.store.DamagedDocument;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.zip.CRC32C;

/**
 * Documents as they stand in the file: BSON, and behind it a checksum over key and BSON. What does
 * not match its checksum is read as a document that tells so, and nothing else.
 */
final class DocumentBytes {
  /*
   * BSON begins with its own length and ends with a zero. So a value as long as it says is one of
   * an older version, which wrote no checksums; the mark at the end of the others is no zero, so
   * that no damage to the length makes one of these out of one of those.
   */
  private static final int MARK = 0x45_53_50_31;
  private static final int TRAILER_BYTES = 2 * Integer.BYTES;
  private static final int SMALLEST_BSON = 5;

  private DocumentBytes() {}

  /**
   * @throws IllegalStateException for a damaged document: it may be replaced, but not changed
   */
  static byte[] encode(String key, Document document) {
    if (isDamaged(document)) {
      throw new IllegalStateException(damage(document));
    }
    ByteBuf buffer = Unpooled.buffer();
    BsonEncoder.encodeDocument(document, buffer);
    byte[] bson = new byte[buffer.readableBytes()];
    buffer.readBytes(bson);
    return withChecksum(key, bson);
  }

  /** A document of the reader's own, whoever changes the stored one. */
  static Document decode(String key, byte[] stored) {
    if (!isSound(key, stored)) {
      return damaged(key, "its checksum does not match");
    }
    try {
      return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(stored));
    } catch (RuntimeException malformed) { // netty's, the decoder's: one without a checksum
      return damaged(key, "it is no document (%s)".formatted(malformed.getMessage()));
    }
  }

  /** What a document is read as that cannot be read. */
  static Document damaged(String key, String what) {
    return new Document(StoredCollection.ID, key).append(DamagedDocument.FIELD, what);
  }

  static boolean isDamaged(Document document) {
    return document.containsKey(DamagedDocument.FIELD);
  }

  static String damage(Document document) {
    return String.valueOf(document.get(DamagedDocument.FIELD));
  }

  /** Whether a value is what was written, as far as that can be told. */
  static boolean isSound(String key, byte[] stored) {
    return stored.length >= SMALLEST_BSON
        && (hasNone(stored) ? stored[stored.length - 1] == 0 : checksumMatches(key, stored));
  }

  /** Whether a value was written before there were checksums. */
  static boolean hasNone(byte[] stored) {
    return intAt(stored, 0) == stored.length;
  }

  static byte[] withChecksum(String key, byte[] bson) {
    ByteBuf buffer = Unpooled.buffer(bson.length + TRAILER_BYTES);
    buffer.writeBytes(bson).writeInt(checksum(key, bson, bson.length)).writeInt(MARK);
    return buffer.array();
  }

  private static boolean checksumMatches(String key, byte[] stored) {
    int length = stored.length - TRAILER_BYTES;
    ByteBuf trailer =
        Unpooled.wrappedBuffer(stored, Math.max(0, length), stored.length - Math.max(0, length));
    return length >= SMALLEST_BSON
        && intAt(stored, 0) == length
        && trailer.readInt() == checksum(key, stored, length)
        && trailer.readInt() == MARK;
  }

  private static int intAt(byte[] bytes, int index) {
    return Unpooled.wrappedBuffer(bytes).getIntLE(index);
  }

  private static int checksum(String key, byte[] bson, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(key.getBytes(UTF_8));
    checksum.update(0);
    checksum.update(bson, 0, length);
    return (int) checksum.getValue();
  }
}
