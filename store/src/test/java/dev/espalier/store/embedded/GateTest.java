package dev.espalier.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.espalier.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reaches an embedded store by its port, as every user of a machine does. */
final class GateTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("store.h2");
  }

  private static MongoDatabase database(MongoClient client) {
    return client.getDatabase("espalier");
  }

  @Test
  void withoutThePasswordNothingThatIsStoredIsSeenOrChanged() {
    try (EmbeddedStore embedded = EmbeddedStore.open(file(), 0);
        Store store = Store.connect(embedded.uri());
        MongoClient stranger = MongoClients.create(Store.withoutPassword(embedded.uri()))) {
      String identity = store.identity();
      List<Document> commands =
          List.of(
              new Document("find", "experiments"),
              new Document("count", "experiments"),
              new Document("listCollections", 1),
              new Document("insert", "experiments")
                  .append("documents", List.of(new Document("_id", "x"))),
              new Document("update", "experiments")
                  .append(
                      "updates",
                      List.of(new Document("q", new Document()).append("u", new Document("a", 1)))),
              new Document("findAndModify", "experiments").append("remove", true),
              new Document("delete", "experiments")
                  .append("deletes", List.of(new Document("q", new Document()).append("limit", 0))),
              new Document("drop", "experiments"),
              new Document("dropDatabase", 1),
              new Document("getMore", 1L).append("collection", "experiments"));
      for (Document command : commands) {
        assertThatThrownBy(() -> database(stranger).runCommand(command))
            .as(command.toJson())
            .isInstanceOfSatisfying(
                MongoCommandException.class,
                refusal -> assertThat(refusal.getErrorCode()).isEqualTo(13));
      }
      assertThatThrownBy(
              () -> stranger.getDatabase("admin").runCommand(new Document("shutdown", 1)))
          .isInstanceOf(MongoCommandException.class);
      assertThat(database(stranger).runCommand(new Document("ping", 1)).getDouble("ok"))
          .isEqualTo(1);
      assertThat(store.identity()).isEqualTo(identity);
      assertThat(store.experiments().list()).isEmpty();
    }
  }

  /** As a person types it into a tool. */
  @Test
  void anAddressWithThePasswordAloneWillDo() {
    try (EmbeddedStore embedded = EmbeddedStore.open(file(), 0);
        Store store = Store.connect(embedded.uri().replaceFirst("\\?.*", ""))) {
      assertThat(store.experiments().list()).isEmpty();
    }
  }

  @Test
  void aWrongPasswordIsRefused() {
    try (EmbeddedStore embedded = EmbeddedStore.open(file(), 0);
        MongoClient stranger =
            MongoClients.create(
                StorePassword.uri(URI.create(embedded.uri()).getPort(), "A".repeat(43)))) {
      assertThatThrownBy(() -> database(stranger).listCollectionNames().first())
          .isInstanceOf(MongoSecurityException.class);
    }
  }

  /** The protocol of old ({@code OP_QUERY}), which carries no session. */
  @Test
  void aQueryOfOldIsRefusedToo() throws IOException {
    try (EmbeddedStore embedded = EmbeddedStore.open(file(), 0);
        Store store = Store.connect(embedded.uri());
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), URI.create(embedded.uri()).getPort())) {
      String identity = store.identity();
      byte[] name = "espalier.identity".getBytes(StandardCharsets.US_ASCII);
      ByteBuffer query = ByteBuffer.allocate(16 + 4 + name.length + 1 + 8 + 5);
      query.order(ByteOrder.LITTLE_ENDIAN);
      query.putInt(query.capacity()).putInt(7).putInt(0).putInt(2004);
      query.putInt(0).put(name).put((byte) 0).putInt(0).putInt(10);
      query.putInt(5).put((byte) 0);
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(query.array());
      byte[] answer = socket.getInputStream().readAllBytes(); // it hangs up
      assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain(identity);
    }
  }

  @Test
  void thePasswordIsKeptForItsOwnerAndSurvives() throws IOException {
    String first;
    try (EmbeddedStore embedded = EmbeddedStore.open(file(), 0)) {
      first = URI.create(embedded.uri()).getUserInfo();
    }
    Path password = folder.resolve("store.h2.password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    try (EmbeddedStore embedded = EmbeddedStore.open(file(), 0)) {
      assertThat(URI.create(embedded.uri()).getUserInfo()).isEqualTo(first);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
        .isEqualTo("rw-------");
    assertThat(URI.create(EmbeddedStore.uri(file(), 1234)).getUserInfo()).isEqualTo(first);
  }

  @Test
  void aTornPasswordIsMadeAnew() throws IOException {
    Path password = folder.resolve("store.h2.password");
    Files.writeString(password, "to");
    try (EmbeddedStore embedded = EmbeddedStore.open(file(), 0);
        Store store = Store.connect(embedded.uri())) {
      assertThat(store.experiments().list()).isEmpty();
    }
    assertThat(Files.readString(password).strip()).hasSize(43);
  }
}
