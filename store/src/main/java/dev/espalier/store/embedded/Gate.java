package dev.espalier.store.embedded;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets nobody at the documents who has not shown that he knows the store's password. */
final class Gate {
  private static final AttributeKey<Boolean> INSIDE = AttributeKey.valueOf(Gate.class, "inside");
  private static final AttributeKey<Scram.Conversation> ENTERING =
      AttributeKey.valueOf(Gate.class, "entering");

  /** What a client may ask before it is let in, as of a MongoDB: nothing that is stored. */
  static final Set<String> OPEN =
      Set.of("hello", "isMaster", "ismaster", "ping", "buildInfo", "endSessions");

  private static final int UNAUTHORIZED = 13;
  private static final int AUTHENTICATION_FAILED = 18;
  private static final int CONVERSATION = 1;

  private final Scram scram;

  Gate(String password) {
    this.scram = new Scram(StorePassword.USER, password);
  }

  /** The answer to a command that is the gate's to give; null to let it pass. */
  @Nullable Document answer(Channel channel, String command, Document query) {
    return switch (command) {
      case "saslStart" -> start(channel, query);
      case "saslContinue" -> proceed(channel, query);
      default -> isOpen(channel, command) ? null : closed(command);
    };
  }

  /** Tells a client that asks for it which mechanism there is, for addresses that name none. */
  static Document greeting(Document query, Document answer) {
    return query.containsKey("saslSupportedMechs")
        ? answer.append("saslSupportedMechs", List.of(Scram.MECHANISM))
        : answer;
  }

  boolean isInside(Channel channel) {
    return Boolean.TRUE.equals(channel.attr(INSIDE).get());
  }

  private boolean isOpen(Channel channel, String command) {
    return OPEN.contains(command) || isInside(channel);
  }

  private Document start(Channel channel, Document query) {
    if (!Scram.MECHANISM.equals(query.get("mechanism"))) {
      return failed("only %s is understood".formatted(Scram.MECHANISM));
    }
    Scram.Conversation conversation = scram.begin();
    try {
      String answer = conversation.first(payload(query));
      channel.attr(ENTERING).set(conversation);
      return step(answer, false);
    } catch (Scram.Refused e) {
      return failed(Objects.requireNonNull(e.getMessage()));
    }
  }

  private Document proceed(Channel channel, Document query) {
    if (isInside(channel) && payload(query).isEmpty()) {
      return step("", true); // of a client that does not leave out the last, empty exchange
    }
    Scram.Conversation conversation = channel.attr(ENTERING).getAndSet(null);
    if (conversation == null) {
      return failed("no conversation has begun");
    }
    try {
      String answer = conversation.last(payload(query));
      channel.attr(INSIDE).set(true);
      return step(answer, true);
    } catch (Scram.Refused e) {
      return failed(Objects.requireNonNull(e.getMessage()));
    }
  }

  private static String payload(Document query) {
    return query.get("payload") instanceof BinData data
        ? new String(data.getData(), StandardCharsets.UTF_8)
        : "";
  }

  private static Document step(String answer, boolean done) {
    return new Document("conversationId", CONVERSATION)
        .append("done", done)
        .append("payload", new BinData(answer.getBytes(StandardCharsets.UTF_8)))
        .append("ok", 1.0);
  }

  private static Document failed(String why) {
    return error(AUTHENTICATION_FAILED, "AuthenticationFailed", "Authentication failed: " + why);
  }

  private static Document closed(String command) {
    return error(
        UNAUTHORIZED,
        "Unauthorized",
        "command %s requires authentication: this store is one person's, and its password lies in a file beside it"
            .formatted(command));
  }

  static Document error(int code, String name, String message) {
    return new Document("ok", 0.0)
        .append("errmsg", message)
        .append("code", code)
        .append("codeName", name);
  }
}
