package dev.espalier.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.api.http.LoopbackAddress;
import dev.espalier.api.launch.Control;
import dev.espalier.api.launch.Controlling;
import dev.espalier.api.launch.Housekeeping;
import dev.espalier.api.launch.Launcher;
import dev.espalier.api.launch.Launching;
import dev.espalier.api.launch.Reconciler;
import dev.espalier.api.launch.Tenure;
import dev.espalier.api.replay.ReplayJobs;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Store;
import dev.espalier.store.program.CommandPolicy;
import dev.espalier.workflows.WorkflowJson;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.client.TemporalNamespace;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.jackson.ObjectMapperFactory;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/** What the API stands on: the store it was given, Temporal, and the project's one JSON. */
@Factory
final class Beans {
  /** How long to ask a server that is away before saying so: the store has the wish by then. */
  private static final Duration ANSWER = Duration.ofSeconds(8);

  /** Long enough for an `up` that comes back after a holiday to find what it has to keep. */
  private static final Duration HISTORIES = Duration.ofDays(90);

  /** Not closed with the server: whoever opened it closes it. */
  @Singleton
  Store store(ApiOptions options) {
    return options.store();
  }

  /** Connects when it is first used, and again whenever the server comes back. */
  @Singleton
  @Bean(preDestroy = "shutdownNow")
  WorkflowServiceStubs temporal(ApiOptions options) {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder()
            .setTarget(options.temporalAddress())
            .setRpcRetryOptions(
                RpcRetryOptions.newBuilder().setExpiration(ANSWER).validateBuildWithDefaults())
            .build());
  }

  @Singleton
  WorkflowClient workflows(WorkflowServiceStubs temporal, ApiOptions options) {
    return WorkflowClient.newInstance(
        temporal,
        WorkflowClientOptions.newBuilder()
            .setDataConverter(WorkflowJson.converter())
            .setNamespace(options.namespace())
            .build());
  }

  @Singleton
  ExperimentClient experiments(WorkflowClient workflows, Store store) {
    return new ExperimentClient(workflows, store::identity);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Tenure tenure(Store store, WorkflowServiceStubs temporal, ApiOptions options) {
    return new Tenure(
        store,
        () -> TemporalNamespace.id(temporal, options.namespace()),
        "%s (namespace %s)".formatted(options.temporalAddress(), options.namespace()),
        options.alone(),
        () -> {
          if (options.ownTemporal()) {
            TemporalNamespace.keepAtLeast(temporal, options.namespace(), HISTORIES);
          }
        });
  }

  /** Secondary: tests put others in their place. */
  @Singleton
  @Secondary
  Launching launching(Store store, ExperimentClient client, Tenure tenure, ApiOptions options) {
    return new Launcher(
        store,
        client,
        tenure,
        Version.current(),
        CommandPolicy.launches(System.getenv(), LoopbackAddress.is(options.host())));
  }

  @Singleton
  @Secondary
  Controlling controlling(Store store, Reconciler reconciler) {
    return new Control(store, reconciler);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Reconciler reconciler(Store store, ExperimentClient client, Tenure tenure, ApiOptions options) {
    return new Reconciler(store, client, tenure, options.endings(), options.refused());
  }

  @Singleton
  @Bean(preDestroy = "close")
  ReplayJobs replays(Store store, ExperimentClient client, ApiOptions options) {
    return new ReplayJobs(
        store,
        options.scratch(),
        id -> {
          try {
            return client.histories(id);
          } catch (Lost away) { // what is kept is there all the same
            return Map.of();
          }
        });
  }

  @Singleton
  @Bean(preDestroy = "close")
  Housekeeping housekeeping(
      Store store, ExperimentClient client, Tenure tenure, ApiOptions options) {
    return new Housekeeping(store, client, tenure, options.endings());
  }

  @Singleton
  @Primary
  @Replaces(value = ObjectMapper.class, factory = ObjectMapperFactory.class)
  ObjectMapper json() {
    return Json.mapper();
  }
}
