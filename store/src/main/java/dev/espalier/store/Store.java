package dev.espalier.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.espalier.search.failure.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import org.bson.Document;

/** All that is remembered, in one MongoDB database. Safe for use by many threads. */
public final class Store implements AutoCloseable {
  private static final String DEFAULT_DATABASE = "espalier";
  private static final String CHUNKS = "chunks";
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration SELECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(60);

  private final MongoClient client;
  private final MongoDatabase database;
  private final String where;
  private final List<Documents> collections = new ArrayList<>();
  private final InstantSource clock;
  private final Experiments experiments;
  private final Stages stages;
  private final Evaluations evaluations;
  private final Measurements measurements;
  private final Artifacts artifacts;
  private final Datasets datasets;
  private final Models models;
  private final Events events;
  private final Units units;
  private final Workers workers;
  private final Identity identity;
  private final Lease lease;
  private final Archiving archiving;
  private final Deletions deletions;
  private final Census.Collections naming;

  private Store(MongoClient client, String databaseName, String where, InstantSource clock) {
    this.client = client;
    this.database = client.getDatabase(databaseName);
    this.where = where;
    this.clock = clock;
    Documents experimentDocuments = documents("experiments");
    this.experiments = new Experiments(experimentDocuments, clock);
    Documents stageDocuments = documents("stages");
    this.stages = new Stages(stageDocuments, clock);
    Documents evaluationDocuments = documents("evaluations");
    this.evaluations = new Evaluations(evaluationDocuments);
    Documents values = documents("measurements");
    this.measurements = new Measurements(values, documents("series"));
    Documents headers = documents("artifacts");
    this.artifacts = new Artifacts(headers, documents(CHUNKS), documents("puts"), clock);
    Documents datasetDocuments = documents("datasets");
    this.datasets = new Datasets(datasetDocuments, documents("datasetNames"));
    Documents modelDocuments = documents("models");
    this.models = new Models(modelDocuments, documents("modelNames"));
    this.events = new Events(documents("events"), clock);
    this.units = new Units(documents("units"), clock);
    this.workers = new Workers(documents("workers"), clock);
    this.identity = new Identity(documents("identity"));
    this.lease = new Lease(documents("lease"));
    Documents archived = documents("archiving");
    this.archiving = new Archiving(archived);
    this.deletions = new Deletions(documents("deletions"), experimentDocuments, clock);
    this.naming =
        new Census.Collections(
            experimentDocuments,
            stageDocuments,
            values,
            evaluationDocuments,
            headers,
            archived,
            List.of(datasetDocuments, modelDocuments));
  }

  /**
   * Connects to a database. That nobody answers there shows when it is first used, see {@link
   * #ping}.
   *
   * @param mongodbUri {@code mongodb://host:port/database}; without a database, {@code espalier}
   */
  public static Store connect(String mongodbUri) {
    return connect(mongodbUri, InstantSource.system());
  }

  /** A store's address for people's eyes: without its password, and without options. */
  public static String withoutPassword(String mongodbUri) {
    return mongodbUri.replaceFirst("://[^/@]*@", "://").replaceFirst("\\?.*", "");
  }

  static Store connect(String mongodbUri, InstantSource clock) {
    ConnectionString uri = parse(mongodbUri);
    String databaseName = uri.getDatabase() == null ? DEFAULT_DATABASE : uri.getDatabase();
    MongoClientSettings settings =
        MongoClientSettings.builder()
            .applyToClusterSettings(
                cluster -> cluster.serverSelectionTimeout(SELECT.toMillis(), TimeUnit.MILLISECONDS))
            .applyToSocketSettings(socket ->
                socket
                    .connectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                    .readTimeout(READ.toMillis(), TimeUnit.MILLISECONDS))
            .retryWrites(true)
            .retryReads(true)
            .applicationName("espalier")
            .applyConnectionString(uri)
            // behind the address, whose options would weaken them: what is read here is what a
            // majority has, on the primary, so that no decision rests on what a failover undoes
            .writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .readConcern(ReadConcern.MAJORITY)
            .readPreference(ReadPreference.primary())
            .build();
    String where = "mongodb://" + String.join(",", uri.getHosts()) + "/" + databaseName;
    return new Store(MongoClients.create(settings), databaseName, where, clock);
  }

  /** Asks the server whether it is there. */
  public void ping() {
    Documents.call(where, () -> database.runCommand(new Document("ping", 1)));
  }

  /**
   * The name that tells this store from every other one: eight letters and digits, in the name of
   * each of its queues and workflows. A copy of an embedded store gets another one.
   */
  public String identity() {
    return identity.get();
  }

  /** Which Temporal namespace runs the experiments. */
  public Lease lease() {
    return lease;
  }

  /** Which workflow histories are still to be kept. */
  public Archiving archiving() {
    return archiving;
  }

  public Experiments experiments() {
    return experiments;
  }

  public Stages stages() {
    return stages;
  }

  public Evaluations evaluations() {
    return evaluations;
  }

  public Measurements measurements() {
    return measurements;
  }

  public Artifacts artifacts() {
    return artifacts;
  }

  public Datasets datasets() {
    return datasets;
  }

  public Models models() {
    return models;
  }

  public Events events() {
    return events;
  }

  public Units units() {
    return units;
  }

  public Workers workers() {
    return workers;
  }

  /**
   * Who finds out what takes how much, and deletes experiments.
   *
   * @param salted how a stage key, or the id of an evaluation, is salted
   */
  public Upkeep upkeep(BinaryOperator<String> salted) {
    return new Upkeep(naming, deletions, this, salted);
  }

  /**
   * Removes the checkpoints that no unit of work has use for any more: what a longer training has
   * passed, and what finished units left. Everything else is kept.
   *
   * @param grace how long ago they must have been put
   */
  public Collected collectCheckpoints(Duration grace) {
    Instant limit = clock.instant().minus(grace); // before it is asked what is needed: what is
    // named from here on is put again from here on, however long this process sleeps in between
    return artifacts.collect(CheckpointRef.KIND, limit, units.allCheckpoints());
  }

  /**
   * Reads all that is stored, each document and the bytes of each artifact, and changes nothing.
   * The checksums of documents are the embedded store's; a MongoDB has its own, of its blocks.
   */
  public Inspection inspect() {
    return Inspection.of(
        collections.stream()
            .filter(collection -> !collection.name().equals(CHUNKS)) // they have a SHA-256
            .map(Documents::inspect)
            .toList(),
        artifacts.inspect());
  }

  /** The documents of one kind as they are. */
  Documents collection(String name) {
    return collections.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no collection " + name));
  }

  /** Where the documents are, without any password. */
  @Override
  public String toString() {
    return where;
  }

  @Override
  public void close() {
    client.close();
  }

  private Documents documents(String name) {
    Documents collection = new Documents(database, name, where);
    collections.add(collection);
    return collection;
  }

  private static ConnectionString parse(String mongodbUri) {
    try {
      return new ConnectionString(mongodbUri);
    } catch (IllegalArgumentException malformed) {
      throw new InvalidInput(
          "\"%s\" is not a MongoDB address (%s): write mongodb://host:port/database"
              .formatted(mongodbUri, malformed.getMessage()),
          malformed);
    }
  }
}
