package dev.espalier.workflows.client;

import dev.espalier.search.failure.InvalidInput;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A part of a Temporal server with workflows of its own. */
public final class TemporalNamespace {
  public static final String DEFAULT = "default";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}");
  private static final int ANSWER_SECONDS = 5;

  private TemporalNamespace() {}

  /** Whether it can be the name of one. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * What the server has called the namespace since it was registered: a server whose database was
   * made anew calls it otherwise.
   *
   * @throws InvalidInput if the server has no such namespace
   * @throws dev.espalier.search.failure.Lost if it does not answer
   */
  public static String id(WorkflowServiceStubs server, String name) {
    try {
      return server
          .blockingStub()
          .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
          .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(name).build())
          .getNamespaceInfo()
          .getId();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        throw new InvalidInput(
            ("Temporal's server at %s has no namespace %s. Name another with --namespace, or make it: "
                    + "temporal operator namespace create --namespace %s --address %s")
                .formatted(address(server), name, name, address(server)),
            e);
      }
      throw ExperimentClient.lost(e);
    }
  }

  /**
   * Lets a server of our own keep what has closed for so long at least: with its default of a day,
   * histories would be gone when `up` comes back after a weekend.
   */
  public static void keepAtLeast(WorkflowServiceStubs server, String name, Duration time) {
    try {
      WorkflowServiceBlockingStub service =
          server.blockingStub().withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
      long kept =
          service
              .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(name).build())
              .getConfig()
              .getWorkflowExecutionRetentionTtl()
              .getSeconds();
      if (kept < time.toSeconds()) {
        service.updateNamespace(
            UpdateNamespaceRequest.newBuilder()
                .setNamespace(name)
                .setConfig(
                    NamespaceConfig.newBuilder()
                        .setWorkflowExecutionRetentionTtl(
                            com.google.protobuf.Duration.newBuilder().setSeconds(time.toSeconds())))
                .build());
      }
    } catch (StatusRuntimeException e) {
      throw ExperimentClient.lost(e);
    }
  }

  private static String address(WorkflowServiceStubs server) {
    return String.valueOf(server.getOptions().getTarget());
  }
}
