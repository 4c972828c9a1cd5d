package dev.espalier.learning.pickle;

import dev.espalier.search.failure.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;
import org.jspecify.annotations.Nullable;

/**
 * Reads pickles of plain data: numbers, texts, lists, tuples (arrays of objects), maps, sets, and
 * {@link NumpyArray NumPy arrays} and numbers, as Python 2 and 3 and NumPy 1 and 2 write them.
 */
public final class DataPickle {
  private static final String TOO_EARLY = "it ends too early";

  private static final IObjectConstructor TYPE_ONLY =
      _ -> {
        throw new PickleException("a type is no function here");
      };
  private static final IObjectConstructor ARRAY = _ -> new NumpyArray();
  private static final IObjectConstructor BUFFER =
      arguments -> NumpyArray.of(arguments[0], arguments[1], arguments[2]);
  private static final IObjectConstructor SCALAR =
      arguments -> ((NumpyType) arguments[0]).number(NumpyArray.raw(arguments[1]), 0);

  private static final Map<String, IObjectConstructor> KNOWN =
      Map.ofEntries(
          Map.entry("collections.OrderedDict", _ -> new LinkedHashMap<>()),
          Map.entry("numpy.ndarray", TYPE_ONLY),
          Map.entry("numpy.dtype", arguments -> new NumpyType(text(arguments[0]))),
          Map.entry("numpy.core.multiarray._reconstruct", ARRAY),
          Map.entry("numpy._core.multiarray._reconstruct", ARRAY),
          Map.entry("numpy.core.multiarray.scalar", SCALAR),
          Map.entry("numpy._core.multiarray.scalar", SCALAR),
          Map.entry("numpy.core.numeric._frombuffer", BUFFER),
          Map.entry("numpy._core.numeric._frombuffer", BUFFER),
          Map.entry("builtins.bytearray", arguments -> NumpyArray.raw(arguments[0])),
          // How Python 3 writes bytes for Python 2: as the text that has these code points.
          Map.entry("_codecs.encode", arguments -> NumpyArray.raw(arguments[0])));

  private DataPickle() {}

  /** What stands in for the functions that such pickles name. */
  static Map<String, IObjectConstructor> known() {
    return KNOWN;
  }

  private static String text(Object name) {
    return name instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.US_ASCII)
        : (String) name;
  }

  /**
   * The object that the bytes describe.
   *
   * @param name for messages: the file's
   * @throws InvalidInput if they are cut short, damaged, or describe more than data
   */
  public static Object read(String name, byte[] bytes) {
    try {
      Object content = new RestrictedUnpickler(KNOWN).load(new ByteArrayInputStream(bytes));
      if (Depth.of(content) > Depth.MOST) {
        throw new InvalidInput("the pickle holds itself, or lists within lists without end");
      }
      return content;
    } catch (IOException | ArithmeticException e) {
      String said = String.valueOf(e.getMessage());
      String reason =
          said.startsWith(TOO_EARLY)
              ? said
              : said.contains("premature") ? TOO_EARLY : "it is damaged";
      throw new InvalidInput(
          "%s (%,d bytes unpacked) cannot be read as a pickle (%s): copy it again"
              .formatted(name, bytes.length, reason),
          e);
    } catch (InvalidInput e) {
      throw new InvalidInput("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** A value of a map that Python 2 or 3 wrote, where keys may be texts or bytes. */
  public static @Nullable Object value(Map<?, ?> map, String key) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      boolean same =
          entry.getKey() instanceof byte[] bytes
              ? key.equals(new String(bytes, StandardCharsets.ISO_8859_1))
              : key.equals(entry.getKey());
      if (same) {
        return entry.getValue();
      }
    }
    return null;
  }
}
