package dev.espalier.api;

import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.nio.file.Path;

/** The API over a real embedded store in a folder, with a fake in the place of Temporal. */
final class PlantedServer implements AutoCloseable {
  /** Nothing listens there: the port is reserved. */
  private static final String NO_TEMPORAL = "127.0.0.1:1";

  private final EmbeddedStore embedded;
  private final Store store;
  private final FakeSteering steering;
  private final ApiServer server;

  private PlantedServer(
      EmbeddedStore embedded, Store store, FakeSteering steering, ApiServer server) {
    this.embedded = embedded;
    this.store = store;
    this.steering = steering;
    this.server = server;
  }

  static PlantedServer start(Path folder) {
    EmbeddedStore embedded = EmbeddedStore.open(folder.resolve("espalier.h2"), 0);
    Store store = Store.connect(embedded.uri());
    FakeSteering steering = new FakeSteering(store);
    ApiServer server = ApiServer.listen(new ApiOptions(0, NO_TEMPORAL, store, folder), steering);
    return new PlantedServer(embedded, store, steering, server);
  }

  Garden garden() {
    return new Garden(store);
  }

  Store store() {
    return store;
  }

  FakeSteering steering() {
    return steering;
  }

  ApiServer server() {
    return server;
  }

  Http http() {
    return new Http(server.url());
  }

  @Override
  public void close() {
    server.close();
    store.close();
    embedded.close();
  }
}
