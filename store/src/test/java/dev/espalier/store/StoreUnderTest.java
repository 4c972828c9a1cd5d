package dev.espalier.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.bson.Document;

/** A store, its clock, and a way around it to the documents themselves. */
final class StoreUnderTest implements AutoCloseable {
  private final Store store;
  private final MovableClock clock = new MovableClock(StoreContract.NOW);
  private final MongoClient client;
  private final String database;

  StoreUnderTest(String server, String database) {
    String uri = server + "/" + database;
    this.store = Store.connect(uri, clock);
    this.client = MongoClients.create(uri);
    this.database = database;
  }

  Store store() {
    return store;
  }

  MovableClock clock() {
    return clock;
  }

  MongoCollection<Document> raw(String collection) {
    return client.getDatabase(database).getCollection(collection);
  }

  @Override
  public void close() {
    client.getDatabase(database).drop();
    client.close();
    store.close();
  }
}
