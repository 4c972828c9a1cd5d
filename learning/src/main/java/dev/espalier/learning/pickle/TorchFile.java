package dev.espalier.learning.pickle;

import dev.espalier.search.failure.InvalidInput;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A file that {@code torch.save} wrote, whatever data it holds: maps, lists, tuples (arrays of
 * objects), texts, numbers, NumPy's, graphs of igraph, and {@link TorchTensor tensors}, whose
 * numbers stay in the file. Nothing in it is executed.
 *
 * <p>Since PyTorch 1.6 it is a zip archive of uncompressed records, before that a sequence of
 * pickles with the storages behind them; both are read.
 */
public final class TorchFile implements AutoCloseable {
  private static final String PICKLE = "/data.pkl";
  private static final int LONGEST_PICKLE = 1 << 30;
  private static final byte[] MAGIC = {
    0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
  };

  private final FileChannel channel;
  private final Object content;

  /** A graph as igraph pickles it: its edges, from and to. */
  public static final class Graph implements RestrictedUnpickler.Stateful {
    private final int vertices;
    private final List<List<Integer>> edges;
    private final Map<?, ?> attributes;

    private Graph(Object[] arguments) {
      vertices = ((Number) arguments[0]).intValue();
      edges = new ArrayList<>();
      for (Object edge : (List<?>) arguments[1]) {
        Object[] ends = (Object[]) edge;
        edges.add(List.of(((Number) ends[0]).intValue(), ((Number) ends[1]).intValue()));
      }
      attributes = arguments.length > 4 && arguments[4] instanceof Map<?, ?> map ? map : Map.of();
    }

    @Override
    public void state(Object state) {
      // what a program has hung on it: nobody needs that
    }

    public int vertices() {
      return vertices;
    }

    public List<List<Integer>> edges() {
      return edges;
    }

    /** An attribute of the vertices; empty where there is none. */
    public List<?> attribute(String name) {
      return attributes.get(name) instanceof List<?> values ? values : List.of();
    }
  }

  /** The pickle of such a file. */
  private static final class Objects extends RestrictedUnpickler {
    private final Map<String, TorchTensor.Storage> storages = new HashMap<>();

    Objects() {
      super(known());
    }

    private static Map<String, IObjectConstructor> known() {
      Map<String, IObjectConstructor> known = new HashMap<>(DataPickle.known());
      known.put("torch._utils._rebuild_tensor_v2", TorchTensor::of);
      known.put("igraph.Graph", Graph::new);
      known.put("igraph._igraph.GraphBase", Graph::new);
      for (String storage : TorchType.storages()) {
        known.put("torch." + storage, new StorageType(storage));
        known.put("torch.cuda." + storage, new StorageType(storage));
      }
      return known;
    }

    /** (storage, type, key, device, count), in the former format with a view behind. */
    @Override
    protected Object persistentLoad(Object id) {
      if (!(id instanceof Object[] parts)
          || parts.length < 5
          || !"storage".equals(parts[0])
          || !(parts[1] instanceof StorageType storage)) {
        return super.persistentLoad(id);
      }
      return storages.computeIfAbsent(
          String.valueOf(parts[2]),
          key ->
              new TorchTensor.Storage(
                  key,
                  TorchType.of(storage.name()).orElseThrow(),
                  ((Number) parts[4]).longValue()));
    }
  }

  private record StorageType(String name) implements IObjectConstructor {
    @Override
    public Object construct(Object[] arguments) {
      throw new PickleException("a storage type is no function");
    }
  }

  private TorchFile(FileChannel channel, Object content) {
    this.channel = channel;
    this.content = content;
  }

  /**
   * Opens a file.
   *
   * @param name for messages
   * @throws InvalidInput if {@code torch.save} did not write it, it is damaged, or names anything
   *     but data
   */
  public static TorchFile open(String name, Path path) throws IOException {
    FileChannel channel = FileChannel.open(path);
    try {
      ByteBuffer start = ByteBuffer.allocate(4 + MAGIC.length);
      channel.read(start, 0);
      byte[] first = start.array();
      Objects objects = new Objects();
      Object content =
          first[0] == 'P' && first[1] == 'K'
              ? ofArchive(channel, objects)
              : ofPickles(first, channel, objects);
      if (Depth.of(content) > Depth.MOST) {
        throw new InvalidInput("it holds itself, or lists within lists without end");
      }
      return new TorchFile(channel, content);
    } catch (InvalidInput e) {
      channel.close();
      throw new InvalidInput("%s: %s".formatted(name, e.getMessage()), e);
    } catch (IOException | ClassCastException | IndexOutOfBoundsException | ArithmeticException e) {
      channel.close();
      throw new InvalidInput(
          "%s cannot be read as a file of PyTorch's (%s): copy it again"
              .formatted(name, e.getMessage()),
          e);
    }
  }

  private static Object ofArchive(FileChannel channel, Objects objects) throws IOException {
    try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(new Unclosed(channel)).get()) {
      ZipArchiveEntry pickle =
          Collections.list(zip.getEntries()).stream()
              .filter(entry -> entry.getName().endsWith(PICKLE))
              .findFirst()
              .orElseThrow(() ->
                  new InvalidInput("the archive has no data.pkl: torch.save did not write it"));
      if (pickle.getSize() > LONGEST_PICKLE) {
        throw new InvalidInput("its pickle is longer than any that belongs here");
      }
      String prefix = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
      byte[] bytes;
      try (InputStream in = zip.getInputStream(pickle)) {
        bytes = in.readAllBytes();
      }
      Object content = objects.load(new ByteArrayInputStream(bytes));
      for (TorchTensor.Storage storage : objects.storages.values()) {
        ZipArchiveEntry entry = zip.getEntry(prefix + "/data/" + storage.key());
        if (entry == null
            || entry.getMethod() != ZipEntry.STORED
            || entry.getSize() < storage.count() * storage.type().size()) {
          throw new InvalidInput("storage %s is missing or cut short".formatted(storage.key()));
        }
        long begin = entry.getDataOffset();
        storage.standsIn((from, count) -> read(channel, begin + from, count));
      }
      return content;
    }
  }

  /** A channel that stays open when the archive's directory has been read. */
  private record Unclosed(FileChannel channel) implements SeekableByteChannel {
    @Override
    public int read(ByteBuffer into) throws IOException {
      return channel.read(into);
    }

    @Override
    public int write(ByteBuffer from) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
      channel.position(newPosition);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() {
      // the file's owner closes it
    }
  }

  private static Object ofPickles(byte[] first, FileChannel channel, Objects objects)
      throws IOException {
    for (int i = 0; i < MAGIC.length; i++) {
      if (first[4 + i] != MAGIC[i]) {
        throw new InvalidInput(
            "torch.save did not write it: it begins neither as an archive nor with the magic number"
                + " of the format before 1.6");
      }
    }
    channel.position(0);
    try (Counted in = new Counted(channel)) {
      new Objects().load(in); // magic number
      new Objects().load(in); // version
      new Objects().load(in); // machine
      Object content = objects.load(in);
      Object keys = new Objects().load(in);
      long at = in.position();
      for (Object key : (List<?>) keys) {
        TorchTensor.Storage storage = objects.storages.get(String.valueOf(key));
        long count =
            ByteBuffer.wrap(read(channel, at, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (storage == null || count != storage.count()) {
          throw new InvalidInput("storage %s is not the one it describes".formatted(key));
        }
        long begin = at + Long.BYTES;
        at = begin + count * storage.type().size();
        if (at > channel.size()) {
          throw new EOFException("it ends too early");
        }
        storage.standsIn((from, length) -> read(channel, begin + from, length));
      }
      return content;
    }
  }

  private static byte[] read(FileChannel channel, long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("it ends too early");
      }
    }
    return bytes.array();
  }

  /** A stream that knows how far it is, and what is left. */
  private static final class Counted extends InputStream {
    private final FileChannel channel;
    private final BufferedInputStream in;
    private long position;

    Counted(FileChannel channel) {
      this.channel = channel;
      this.in =
          new BufferedInputStream(
              new InputStream() {
                @Override
                public int read() throws IOException {
                  ByteBuffer one = ByteBuffer.allocate(1);
                  return channel.read(one) < 0 ? -1 : one.get(0) & 0xff;
                }

                @Override
                public int read(byte[] into, int at, int count) throws IOException {
                  return channel.read(ByteBuffer.wrap(into, at, count));
                }
              },
              1 << 16);
    }

    long position() {
      return position;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      position += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] into, int at, int count) throws IOException {
      int read = in.read(into, at, count);
      position += Math.max(0, read);
      return read;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(Integer.MAX_VALUE, channel.size() - position);
    }
  }

  /** What it holds. */
  public Object content() {
    return content;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
