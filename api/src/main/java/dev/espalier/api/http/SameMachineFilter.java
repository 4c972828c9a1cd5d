package dev.espalier.api.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps web pages of other sites from using the API through a browser on this machine. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SameMachineFilter implements Ordered {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @RequestFilter
  @Nullable HttpResponse<?> refuseForeigners(HttpRequest<?> request) {
    return SameMachine.refusal(request.getMethod().name(), request.getHeaders()::get)
        .map(detail -> refuse(request, detail))
        .orElse(null);
  }

  private static HttpResponse<?> refuse(HttpRequest<?> request, String detail) {
    return Problems.answer(request, HttpStatus.FORBIDDEN, detail, List.of(detail));
  }

  @ResponseFilter
  void harden(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (request.getPath().startsWith("/api/") && !response.getHeaders().contains("Cache-Control")) {
      response.header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    if (!response.getHeaders().contains("Content-Security-Policy")) {
      response.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    }
    response
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Resource-Policy", "same-origin");
  }
}
