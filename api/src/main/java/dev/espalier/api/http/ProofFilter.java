package dev.espalier.api.http;

import dev.espalier.api.ApiOptions;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Proves to whoever asks that this server was started with the secret of its home's {@code up}. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ProofFilter {
  private static final int LONGEST = 64;

  private final String secret;

  ProofFilter(ApiOptions options) {
    this.secret = options.secret();
  }

  @ResponseFilter
  void prove(HttpRequest<?> request, MutableHttpResponse<?> response) {
    String challenge = request.getHeaders().get(Proof.CHALLENGE);
    if (challenge != null && challenge.length() <= LONGEST && !secret.isEmpty()) {
      response.header(Proof.PROOF, Proof.of(secret, challenge));
    }
  }
}
