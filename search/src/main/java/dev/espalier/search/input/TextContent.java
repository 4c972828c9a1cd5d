package dev.espalier.search.input;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text out of bytes: UTF-8; UTF-16 and UTF-32 with their mark, UTF-16 without one where every other
 * byte is zero; what is none of them as Windows writes Western languages (1252). The mark is no
 * part of the text.
 */
final class TextContent {
  private static final Charset WESTERN = Charset.forName("windows-1252");
  private static final Charset UTF_32_LITTLE = Charset.forName("UTF-32LE");

  private TextContent() {}

  /** Whether these are the first bytes of a text, in any of the encodings. */
  static boolean looksLikeText(byte[] first) {
    String text = decode(first);
    int strange = 0;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      boolean white = each == '\t' || each == '\n' || each == '\r' || each == '\f' || each == 0x1b;
      if (each == 0) {
        return false;
      }
      strange += each < ' ' && !white ? 1 : 0;
    }
    return strange * 50 <= text.length();
  }

  static String decode(byte[] bytes) {
    Charset charset = charset(bytes);
    String text = new String(bytes, charset);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static Charset charset(byte[] bytes) {
    if (marked(bytes, 0xff, 0xfe, 0, 0)) {
      return UTF_32_LITTLE;
    }
    if (marked(bytes, 0xff, 0xfe)) {
      return StandardCharsets.UTF_16LE;
    }
    if (marked(bytes, 0xfe, 0xff)) {
      return StandardCharsets.UTF_16BE;
    }
    int even = 0;
    int odd = 0;
    int looked = Math.min(bytes.length, 4096);
    for (int i = 0; i < looked; i++) {
      if (bytes[i] == 0) {
        even += i % 2 == 0 ? 1 : 0;
        odd += i % 2 == 1 ? 1 : 0;
      }
    }
    if (odd > looked / 3 && even == 0) {
      return StandardCharsets.UTF_16LE;
    }
    if (even > looked / 3 && odd == 0) {
      return StandardCharsets.UTF_16BE;
    }
    return isUtf8(bytes) ? StandardCharsets.UTF_8 : WESTERN;
  }

  /** A character that the end cuts through does not count. */
  private static boolean isUtf8(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(8192);
    while (true) {
      CoderResult result = decoder.decode(in, out, false);
      if (result.isError()) {
        return false;
      }
      if (result.isUnderflow()) {
        return true;
      }
      out.clear();
    }
  }

  private static boolean marked(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
