package dev.espalier.api;

import dev.espalier.api.launch.Housekeeping;
import dev.espalier.api.launch.Reconciler;
import dev.espalier.api.launch.Refused;
import dev.espalier.api.launch.Tenure;
import dev.espalier.search.failure.InvalidInput;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The running API: REST, live events and the page, on this machine only. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Espalier",
            version = "1",
            description =
                "Neural architecture search that cannot lose a run. Every error is application/problem+json."))
public final class ApiServer implements AutoCloseable {
  /** Longer than a lease that was left behind is waited for. */
  private static final Duration SETTLE = Duration.ofSeconds(45);

  private static final Duration SETTLE_ALONE = Duration.ofSeconds(5);

  private final ApplicationContext context;
  private final EmbeddedServer server;

  private ApiServer(ApplicationContext context, EmbeddedServer server) {
    this.context = context;
    this.server = server;
  }

  /**
   * Starts to listen, and to bring store and Temporal together; returns when the first request can
   * be answered.
   *
   * @throws Refused if the store's experiments are not to be run from here
   */
  public static ApiServer start(ApiOptions options) {
    ApiServer server = listen(options, ApiServer::settle);
    server.context.getBean(Reconciler.class).start();
    server.context.getBean(Housekeeping.class).start();
    return server;
  }

  /** Starts to listen, with these beans in the place of those that speak to Temporal. */
  static ApiServer listen(ApiOptions options, Object... beans) {
    return listen(options, context -> {}, beans);
  }

  private static ApiServer listen(
      ApiOptions options, Consumer<ApplicationContext> first, Object... beans) {
    List<Object> singletons = new ArrayList<>(List.of(beans));
    singletons.add(options);
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .singletons(singletons.toArray())
            .properties(
                Map.of(
                    "micronaut.server.host",
                    options.host(),
                    "micronaut.server.port",
                    options.port() == 0 ? -1 : options.port()))
            .build();
    try {
      first.accept(context.start());
      EmbeddedServer server = context.getBean(EmbeddedServer.class);
      return new ApiServer(context, server.start());
    } catch (ServerStartupException e) {
      context.close();
      throw refused(options, e);
    } catch (Refused e) {
      context.close();
      throw e;
    }
  }

  /** Nobody is answered before it is known who runs the experiments, if it can be known. */
  private static void settle(ApplicationContext context) {
    boolean alone = context.getBean(ApiOptions.class).alone();
    context.getBean(Tenure.class).settle(alone ? SETTLE_ALONE : SETTLE);
  }

  private static RuntimeException refused(ApiOptions options, ServerStartupException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new InvalidInput(
            "Port %d of %s is taken by another process. Choose another with --port, or 0 for any free one."
                .formatted(options.port(), options.host()),
            failure);
      }
    }
    return failure;
  }

  public int port() {
    return server.getPort();
  }

  /** Where the page is, such as {@code http://127.0.0.1:8420/}. */
  public URI url() {
    String host = server.getHost();
    return URI.create(
        "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, port()));
  }

  @Override
  public void close() {
    server.stop();
    context.close();
  }
}
