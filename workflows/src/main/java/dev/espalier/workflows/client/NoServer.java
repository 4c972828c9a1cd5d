package dev.espalier.workflows.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers each call with an empty message, and sends none. A replay decides nothing by what a
 * server says, but the SDK asks one what it can do.
 */
final class NoServer implements ClientInterceptor {
  @Override
  public <I, O> ClientCall<I, O> interceptCall(
      MethodDescriptor<I, O> method, CallOptions options, Channel next) {
    return new ClientCall<>() {
      private @Nullable Listener<O> listener;

      @Override
      public void start(Listener<O> answered, Metadata headers) {
        listener = answered;
      }

      @Override
      public void request(int messages) {}

      @Override
      public void cancel(@Nullable String message, @Nullable Throwable cause) {}

      @Override
      public void sendMessage(I message) {}

      @Override
      public void halfClose() {
        Listener<O> answered = listener;
        if (answered != null) {
          answered.onHeaders(new Metadata());
          answered.onMessage(method.parseResponse(new ByteArrayInputStream(new byte[0])));
          answered.onClose(Status.OK, new Metadata());
        }
      }
    };
  }
}
