package dev.espalier.learning.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A batch of downsampled ImageNet as Python 3 and NumPy 1 pickle it by protocol 3: {@code {'data':
 * uint8 [n, width], 'labels': [...]}}. That NumPy's own pickles are read is DataPickleTest's
 * matter.
 */
final class PickledBatch {
  private PickledBatch() {}

  static void write(Path file, int width, byte[] pixels, int... labels) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x80, 3, '}', '('});
    text(out, "data");
    out.writeBytes("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n");
    out.write(new byte[] {'K', 0, (byte) 0x85, 'C', 1, 'b', (byte) 0x87, 'R', '(', 'K', 1});
    number(out, pixels.length / width);
    number(out, width);
    out.write(0x86);
    out.writeBytes("cnumpy\ndtype\n");
    text(out, "u1");
    out.write(new byte[] {(byte) 0x89, (byte) 0x88, (byte) 0x87, 'R', '(', 'K', 3});
    text(out, "|");
    out.writeBytes("NNN");
    number(out, -1);
    number(out, -1);
    out.write(new byte[] {'K', 0, 't', 'b', (byte) 0x89, 'B'});
    little(out, pixels.length);
    out.write(pixels);
    out.writeBytes("tb");
    text(out, "labels");
    out.writeBytes("](");
    for (int label : labels) {
      number(out, label);
    }
    out.writeBytes("eu.");
    Files.write(file, bytes.toByteArray());
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    little(out, utf8.length);
    out.write(utf8);
  }

  private static void number(DataOutputStream out, int number) throws IOException {
    out.write('J');
    little(out, number);
  }

  private static void little(DataOutputStream out, int number) throws IOException {
    out.writeInt(Integer.reverseBytes(number));
  }
}
