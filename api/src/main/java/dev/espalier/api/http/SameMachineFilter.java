package dev.espalier.api.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of other sites from using the API through a browser on this machine.
 *
 * <p>Loopback alone does not: a foreign page can post to it (cross-site request forgery), or let
 * its own name resolve to 127.0.0.1 and then read it (DNS rebinding). So the {@code Host} must name
 * this machine, and a call that changes something must come from the page itself or from a program,
 * which sends no {@code Origin}.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SameMachineFilter implements Ordered {
  private static final Set<HttpMethod> READING =
      EnumSet.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @RequestFilter
  @Nullable HttpResponse<?> refuseForeigners(HttpRequest<?> request) {
    String host = request.getHeaders().get(HttpHeaders.HOST);
    if (host == null || !LoopbackAddress.isAuthority(host)) {
      return refuse(
          request,
          "The Host header was %s, but this server answers only as localhost, 127.0.0.1 or [::1]. Open it by one of these."
              .formatted(host == null ? "missing" : host));
    }
    if (READING.contains(request.getMethod())) {
      return null;
    }
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    if (origin != null && !origin.equals("http://" + host)) {
      return refuse(
          request,
          "The call comes from a page of %s, but only the page of http://%s may change anything here. From a program, leave the Origin header out."
              .formatted(origin, host));
    }
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return refuse(
          request,
          "The browser says that this call comes from another site (Sec-Fetch-Site: %s); only the page of http://%s may change anything here."
              .formatted(site, host));
    }
    return null;
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
