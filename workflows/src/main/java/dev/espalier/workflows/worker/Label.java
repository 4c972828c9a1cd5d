package dev.espalier.workflows.worker;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.Header;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes on every unit of work of a stage which algorithm it belongs to: in a header, since its
 * request does not say. Units that were asked for before there was one are anybody's.
 */
final class Label extends WorkflowOutboundCallsInterceptorBase {
  static final String HEADER = "espalier-algorithm";

  private @Nullable String algorithm;

  Label(WorkflowOutboundCallsInterceptor next) {
    super(next);
  }

  /** The algorithm of all units from now on. */
  void write(String name) {
    algorithm = name;
  }

  static Optional<String> read(Header header) {
    return Optional.ofNullable(header.getValues().get(HEADER))
        .map(label ->
            DefaultDataConverter.STANDARD_INSTANCE.fromPayload(label, String.class, String.class));
  }

  @Override
  public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
    if (algorithm == null) {
      return super.executeActivity(input);
    }
    Map<String, Payload> header = new TreeMap<>(input.getHeader().getValues());
    DefaultDataConverter.STANDARD_INSTANCE
        .toPayload(algorithm)
        .ifPresent(payload -> header.put(HEADER, payload));
    return super.executeActivity(
        new ActivityInput<>(
            input.getActivityName(),
            input.getResultClass(),
            input.getResultType(),
            input.getArgs(),
            input.getOptions(),
            new Header(header)));
  }
}
