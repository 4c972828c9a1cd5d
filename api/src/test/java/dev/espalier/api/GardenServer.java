package dev.espalier.api;

import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Serves a garden on a given port, to look at the page while working on it. Ends when its input
 * does.
 */
final class GardenServer {
  private GardenServer() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("garden");
    try (EmbeddedStore embedded = EmbeddedStore.open(folder.resolve("store.h2"), 0);
        Store store = Store.connect(embedded.uri())) {
      if (arguments.length < 2) {
        new Garden(store).plantAll();
      }
      ApiOptions options =
          new ApiOptions(Integer.parseInt(arguments[0]), "127.0.0.1:1", store, folder);
      FakeSteering steering = new FakeSteering(store);
      try (ApiServer server = ApiServer.listen(options, steering)) {
        System.out.println(server.url());
        while (System.in.read() >= 0) {}
      }
    }
  }
}
