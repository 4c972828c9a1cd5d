package dev.espalier.learning.statedict;

import dev.espalier.learning.training.NamedArray;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.razorvine.pickle.Opcodes;

/**
 * Writes the pickle of an ordered map from names to tensors of floats, as {@code torch.save} does
 * for the state of a module: the tensor of number {@code i} is a view of storage {@code i}.
 */
final class TorchPickle {
  private static final String ORDERED_MAP = "collections\nOrderedDict\n";
  private static final String TENSOR = "torch._utils\n_rebuild_tensor_v2\n";
  private static final String STORAGE = "torch\nFloatStorage\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TorchPickle() {}

  static byte[] of(List<NamedArray> arrays) {
    TorchPickle pickle = new TorchPickle();
    pickle.code(Opcodes.PROTO);
    pickle.out.write(2);
    pickle.emptyMap();
    pickle.code(Opcodes.MARK);
    for (int i = 0; i < arrays.size(); i++) {
      pickle.text(arrays.get(i).name());
      pickle.tensor(arrays.get(i), i);
    }
    pickle.code(Opcodes.SETITEMS);
    pickle.code(Opcodes.STOP);
    return pickle.out.toByteArray();
  }

  private void tensor(NamedArray array, int storage) {
    global(TENSOR);
    code(Opcodes.MARK);
    code(Opcodes.MARK);
    text("storage");
    global(STORAGE);
    text(Integer.toString(storage));
    text("cpu");
    number(array.values().length);
    code(Opcodes.TUPLE);
    code(Opcodes.BINPERSID);
    number(0);
    long[] shape = array.shape();
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    tuple(shape);
    tuple(strides);
    code(Opcodes.NEWFALSE);
    emptyMap();
    code(Opcodes.TUPLE);
    code(Opcodes.REDUCE);
  }

  private void emptyMap() {
    global(ORDERED_MAP);
    code(Opcodes.EMPTY_TUPLE);
    code(Opcodes.REDUCE);
  }

  private void tuple(long[] numbers) {
    code(Opcodes.MARK);
    for (long each : numbers) {
      number(Math.toIntExact(each));
    }
    code(Opcodes.TUPLE);
  }

  private void code(int opcode) {
    out.write(opcode);
  }

  private void global(String name) {
    code(Opcodes.GLOBAL);
    out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    code(Opcodes.BINUNICODE);
    little(utf8.length);
    out.writeBytes(utf8);
  }

  private void number(int number) {
    code(Opcodes.BININT);
    little(number);
  }

  private void little(int number) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
  }
}
