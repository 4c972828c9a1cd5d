package dev.espalier.learning.pickle;

import dev.espalier.search.failure.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EmptyStackException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;

/**
 * Runs pickles that name nothing but the functions it was given. Every other name, and every other
 * way to name or call something, is refused before anything happens; and no length that a damaged
 * file states is believed before so many bytes are there.
 *
 * <p>The functions are replaced by code of ours: nothing of what a pickle names is ever looked for.
 */
public class RestrictedUnpickler extends Unpickler {
  private final Map<String, IObjectConstructor> known;

  /** An object that a pickle may give a state to, after it was made. */
  public interface Stateful {
    void state(Object state);
  }

  /**
   * @param known by {@code module.name}: what stands in for the functions that may be named
   */
  public RestrictedUnpickler(Map<String, IObjectConstructor> known) {
    this.known = Map.copyOf(known);
  }

  /**
   * Runs the next pickle of a stream whose {@link InputStream#available} tells all that is left.
   *
   * @throws InvalidInput if it names something else, or is damaged
   */
  @Override
  public Object load(InputStream in) throws IOException {
    try {
      return super.load(in);
    } catch (StackOverflowError e) {
      throw new IOException("the pickle is damaged: it holds itself", e);
    } catch (PickleException
        | ClassCastException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | NullPointerException
        | UnsupportedOperationException
        | NumberFormatException
        | EmptyStackException e) {
      throw new IOException("the pickle is damaged", e);
    }
  }

  @Override
  protected Object dispatch(short key) throws IOException {
    return switch (key) {
      case Opcodes.GLOBAL -> pushed(named(line(), line()));
      case Opcodes.STACK_GLOBAL -> {
        String name = String.valueOf(stack.pop());
        yield pushed(named(String.valueOf(stack.pop()), name));
      }
      case Opcodes.BUILD -> {
        build(stack.pop(), stack.peek());
        yield NO_RETURN_VALUE;
      }
      case Opcodes.BINBYTES -> pushed(bytes(Integer.BYTES));
      case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> pushed(bytes(Long.BYTES));
      case Opcodes.BINUNICODE -> pushed(new String(bytes(Integer.BYTES), StandardCharsets.UTF_8));
      case Opcodes.BINUNICODE8 -> pushed(new String(bytes(Long.BYTES), StandardCharsets.UTF_8));
      case Opcodes.BINSTRING ->
          pushed(new String(bytes(Integer.BYTES), StandardCharsets.ISO_8859_1));
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        Object name = key(stack.pop());
        into(stack.peek()).put(name, value);
        yield NO_RETURN_VALUE;
      }
      case Opcodes.SETITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        putAll(items, into(stack.peek()));
        yield NO_RETURN_VALUE;
      }
      case Opcodes.DICT -> {
        Map<Object, Object> map = new HashMap<>();
        putAll(stack.pop_all_since_marker(), map);
        yield pushed(map);
      }
      case Opcodes.ADDITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        items.forEach(RestrictedUnpickler::key);
        addTo(stack.peek(), items);
        yield NO_RETURN_VALUE;
      }
      case Opcodes.FROZENSET -> {
        List<Object> items = stack.pop_all_since_marker();
        items.forEach(RestrictedUnpickler::key);
        yield pushed(new HashSet<>(items));
      }
      case Opcodes.INST,
          Opcodes.OBJ,
          Opcodes.NEWOBJ,
          Opcodes.NEWOBJ_EX,
          Opcodes.EXT1,
          Opcodes.EXT2,
          Opcodes.EXT4,
          Opcodes.PERSID,
          Opcodes.LONG4,
          Opcodes.NEXT_BUFFER,
          Opcodes.READONLY_BUFFER ->
          throw new InvalidInput(
              "the pickle uses operation %d, which data does not need: it is not loaded"
                  .formatted(key));
      default -> super.dispatch(key);
    };
  }

  /** Python too has no lists and maps as keys; their hash goes through all that they hold. */
  private static Object key(Object key) {
    if (key instanceof Collection<?> || key instanceof Map<?, ?>) {
      throw new InvalidInput("the pickle uses a collection as a key: it is not loaded");
    }
    return key;
  }

  private static void putAll(List<Object> items, Map<Object, Object> map) {
    for (int i = 0; i + 1 < items.size(); i += 2) {
      map.put(key(items.get(i)), items.get(i + 1));
    }
  }

  @SuppressWarnings("unchecked") // a pickle's maps may hold anything
  private static Map<Object, Object> into(Object map) {
    return (Map<Object, Object>) map;
  }

  @SuppressWarnings("unchecked") // a pickle's sets may hold anything
  private static void addTo(Object set, List<Object> items) {
    ((Set<Object>) set).addAll(items);
  }

  private Object pushed(Object value) {
    stack.add(value);
    return NO_RETURN_VALUE;
  }

  private IObjectConstructor named(String module, String name) {
    IObjectConstructor constructor = known.get(module + "." + name);
    if (constructor == null) {
      throw new InvalidInput(
          "the pickle names %s.%s, which this data does not need: it is not loaded%s"
              .formatted(module, name, advice(module)));
    }
    return constructor;
  }

  private static String advice(String module) {
    if (module.startsWith("__torch__")) {
      return ". It is a compiled network (TorchScript): save its state_dict() with torch.save";
    }
    return module.startsWith("torch.nn.") || module.startsWith("torchvision.models")
        ? ". A whole network was saved, which is a program: save its state_dict() with torch.save"
        : "";
  }

  private static void build(Object state, Object target) {
    switch (target) {
      case Stateful stateful -> stateful.state(state);
      case Map<?, ?> _ -> {
        // an ordered map's attributes, such as PyTorch's module versions: nobody needs them
      }
      default ->
          throw new InvalidInput(
              "the pickle sets the state of something that has none: it is not loaded");
    }
  }

  private byte[] bytes(int lengthBytes) throws IOException {
    byte[] stated = input.readNBytes(lengthBytes);
    if (stated.length < lengthBytes) {
      throw new EOFException("it ends too early");
    }
    ByteBuffer little = ByteBuffer.wrap(stated).order(ByteOrder.LITTLE_ENDIAN);
    long length =
        lengthBytes == Integer.BYTES ? Integer.toUnsignedLong(little.getInt()) : little.getLong();
    if (length < 0 || length > input.available()) {
      throw new EOFException(
          "it ends too early: %,d bytes expected, %,d found".formatted(length, input.available()));
    }
    return input.readNBytes((int) length);
  }

  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new EOFException("it ends too early");
      }
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Objects outside of the pickle, which there are none of unless a subclass knows some. */
  @Override
  protected Object persistentLoad(Object id) {
    throw new InvalidInput("the pickle refers to something outside of it: it is not loaded");
  }
}
