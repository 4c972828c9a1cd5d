package dev.espalier.store;

import dev.espalier.search.canonical.Digest;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bson.Document;

/**
 * Blobs by the SHA-256 of their bytes: chunks {@code <sha>/<n>} of 4 MiB, and a header, which is
 * written last. What has no header is not there; the next put of the same bytes completes it.
 */
public final class Artifacts {
  /*
   * Whoever puts marks the chunks and the header with a token of its own. A collector deletes only
   * chunks with the token of the header it has deleted, so that it never takes a chunk which
   * someone put again meanwhile, however late it comes. A note of each put stands in a collection
   * of its own until it is whole: so that what an interrupted one left is found without a look at
   * all chunks, which would read everything that is stored.
   */
  static final int CHUNK_BYTES = 4 << 20;

  /** Among the notes: that no chunks are left from before there were any. */
  private static final String SCANNED = "scanned";

  private final Documents headers;
  private final Documents chunks;
  private final Documents puts;
  private final InstantSource clock;

  Artifacts(Documents headers, Documents chunks, Documents puts, InstantSource clock) {
    this.headers = headers;
    this.chunks = chunks;
    this.puts = puts;
    this.clock = clock;
  }

  /** Stores the bytes, unless they are there. Answers their SHA-256. */
  public String put(byte[] bytes, String kind, Map<String, String> meta) {
    String sha = Digest.sha256(bytes);
    try {
      put(sha, bytes.length, new ByteArrayInputStream(bytes), kind, meta);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return sha;
  }

  /** Stores what the file holds, unless it is there: reads it twice. Answers its SHA-256. */
  public String put(Path file, String kind, Map<String, String> meta) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String sha = HexFormat.of().formatHex(digest.digest());
    try (InputStream in = Files.newInputStream(file)) {
      put(sha, Files.size(file), in, kind, meta);
    }
    return sha;
  }

  public boolean exists(String sha) {
    return header(sha).isPresent();
  }

  public Optional<ArtifactHeader> header(String sha) {
    return sound(sha).map(Artifacts::fromDocument);
  }

  /**
   * The artifact's bytes.
   *
   * @throws CorruptArtifact if it is not there, or is not what its name says
   */
  public byte[] get(String sha) {
    try (InputStream stream = open(sha)) {
      return stream.readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * The artifact's bytes, chunk by chunk. The reading fails with {@link CorruptArtifact} at the
   * end, at the latest, if they are not what the name says: use nothing before the end is reached.
   */
  public InputStream open(String sha) {
    return open(sha, () -> markCorrupt(sha));
  }

  private InputStream open(String sha, Runnable onCorruption) {
    ArtifactHeader header =
        header(sha)
            .orElseThrow(() ->
                new CorruptArtifact(
                    sha,
                    "artifact %s is not in the store: run the stage that made it again"
                        .formatted(sha)));
    return new ArtifactStream(header, number -> chunk(sha, number), onCorruption);
  }

  /**
   * Whether all its bytes are there and are what the name says: reads them all. What is not whole
   * counts as missing from then on, and the next put of the same bytes writes it anew.
   */
  public boolean isWhole(String sha) {
    return fault(sha, () -> markCorrupt(sha)).isEmpty();
  }

  /** What is wrong with each artifact, and how many bytes there are: reads all, changes nothing. */
  Inspection.OfArtifacts inspect() {
    List<Inspection.Fault> faults = new ArrayList<>();
    int artifacts = 0;
    long bytes = 0;
    for (Document header : headers.findAll(new Document(), new Document())) {
      artifacts++;
      Fields fields = new Fields(header);
      if (!Documents.isDamaged(header)) { // the header is among the documents
        bytes += fields.whole("bytes");
        fault(fields.id(), () -> {})
            .ifPresent(what -> faults.add(new Inspection.Fault("artifacts", fields.id(), what)));
      }
    }
    return new Inspection.OfArtifacts(artifacts, bytes, faults);
  }

  private Optional<String> fault(String sha, Runnable onCorruption) {
    try (InputStream stream = open(sha, onCorruption)) {
      stream.transferTo(OutputStream.nullOutputStream());
      return Optional.empty();
    } catch (CorruptArtifact damaged) {
      return Optional.of(String.valueOf(damaged.getMessage()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Removes the artifacts of a kind that nothing refers to and that nobody put for a while.
   *
   * @param limit before which they must have been put
   * @param reachable the SHA-256 of all that must stay
   */
  Collected collect(String kind, Instant limit, Set<String> reachable) {
    Document old = new Document("kind", kind).append("touched", new Document("$lt", limit));
    int artifacts = 0;
    long bytes = 0;
    for (Document header : headers.find(old)) {
      Fields fields = new Fields(header);
      if (reachable.contains(fields.id())) {
        continue;
      }
      Document unchanged = Documents.byId(fields.id()).append("touched", header.getDate("touched"));
      if (headers.delete(unchanged)) {
        deleteChunks(fields.id(), fields.whole("bytes"), fields.text("put"));
        artifacts++;
        bytes += fields.whole("bytes");
      }
    }
    return new Collected(artifacts, bytes);
  }

  /**
   * Removes an artifact, unless somebody has put it since.
   *
   * @param blob as it was
   * @return whether it did
   */
  boolean delete(String sha, Census.Blob blob) {
    Document unchanged = Documents.byId(sha).append("touched", blob.touched());
    if (!headers.delete(unchanged)) {
      return false;
    }
    deleteChunks(sha, blob.bytes(), blob.put());
    return true;
  }

  /**
   * Removes the chunks that interrupted puts left behind. It reads the notes of puts that have not
   * come to their end; only the first time in a store, for those of an older version, the chunks.
   *
   * @param grace how long ago they must have been put
   * @return how many
   */
  public int collectStrays(Duration grace) {
    Instant limit = clock.instant().minus(grace);
    Document old = new Document("touched", new Document("$lt", limit));
    int strays = 0;
    for (Document note : puts.find(old)) {
      Fields put = new Fields(note);
      if (!putIsWhole(put.text("artifact"), put.text("put"))) {
        strays += deleteChunks(put.text("artifact"), put.whole("bytes"), put.text("put"));
      }
      puts.delete(Documents.byId(put.id()));
    }
    if (puts.insert(Documents.byId(SCANNED))) {
      strays += collectUnnotedStrays(old);
    }
    return strays;
  }

  private boolean putIsWhole(String sha, String token) {
    return headers
        .findSound(sha)
        .filter(header -> token.equals(header.getString("put")))
        .isPresent();
  }

  private int collectUnnotedStrays(Document old) {
    int strays = 0;
    for (Document chunk : chunks.find(old, new Document("put", 1))) {
      String id = chunk.getString("_id");
      String sha = id.substring(0, id.indexOf('/'));
      Document same = Documents.byId(id).append("put", chunk.getString("put"));
      if (headers.findSound(sha).isEmpty() && chunks.delete(same)) {
        strays++;
      }
    }
    return strays;
  }

  private int deleteChunks(String sha, long bytes, String token) {
    int deleted = 0;
    for (int number = 0; number < chunkCount(bytes); number++) {
      if (chunks.delete(Documents.byId(chunkId(sha, number)).append("put", token))) {
        deleted++;
      }
    }
    return deleted;
  }

  /** Stores the bytes, which are what the name says, unless they are there. */
  void put(String sha, long bytes, InputStream stream, String kind, Map<String, String> meta)
      throws IOException {
    Instant now = RecordChecks.stored(clock.instant());
    Document sound = Documents.byId(sha).append("corrupt", false);
    if (headers.update(sound, Documents.set("touched", now))) {
      return;
    }
    String token = UUID.randomUUID().toString();
    puts.insert(
        new Document("_id", token)
            .append("artifact", sha)
            .append("bytes", bytes)
            .append("put", token)
            .append("touched", now));
    InputStream buffered = new BufferedInputStream(stream);
    for (int number = 0; number < chunkCount(bytes); number++) {
      chunks.replace(
          new Document("_id", chunkId(sha, number))
              .append("put", token)
              .append("touched", now)
              .append("data", buffered.readNBytes(CHUNK_BYTES)));
    }
    headers.replace(
        new Document("_id", sha)
            .append("kind", kind)
            .append("bytes", bytes)
            .append("meta", Fields.named(meta))
            .append("touched", now)
            .append("put", token)
            .append("corrupt", false));
    puts.delete(Documents.byId(token));
  }

  private Optional<byte[]> chunk(String sha, int number) {
    return chunks.findSound(chunkId(sha, number)).map(stored -> new Fields(stored).bytes("data"));
  }

  /** So that it counts as missing, and the next put of the same bytes writes it anew. */
  private void markCorrupt(String sha) {
    headers.update(Documents.byId(sha), Documents.set("corrupt", true));
  }

  private Optional<Document> sound(String sha) {
    return headers.findSound(sha).filter(header -> !new Fields(header).flag("corrupt"));
  }

  static int chunkCount(long bytes) {
    return Math.toIntExact(Math.ceilDiv(bytes, (long) CHUNK_BYTES));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static String chunkId(String sha, int number) {
    return sha + "/" + number;
  }

  private static ArtifactHeader fromDocument(Document document) {
    Fields fields = new Fields(document);
    return new ArtifactHeader(
        fields.id(),
        fields.text("kind"),
        fields.whole("bytes"),
        fields.textsByName("meta"),
        fields.instant("touched"));
  }
}
