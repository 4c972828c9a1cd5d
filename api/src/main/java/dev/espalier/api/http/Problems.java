package dev.espalier.api.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/** Words every error, the framework's own included, as a {@link Problem}. */
@Singleton
@Primary
public final class Problems implements ErrorResponseProcessor<Problem> {
  static MutableHttpResponse<Problem> answer(
      HttpRequest<?> request, HttpStatus status, String detail, List<String> problems) {
    return HttpResponse.<Problem>status(status)
        .body(of(request, status, detail, problems))
        .contentType(Problem.MEDIA_TYPE);
  }

  private static Problem of(
      HttpRequest<?> request, HttpStatus status, String detail, List<String> problems) {
    String type = "espalier:" + status.getReason().toLowerCase(Locale.ROOT).replace(' ', '-');
    return new Problem(
        type, status.getReason(), status.getCode(), detail, request.getPath(), problems);
  }

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    List<String> messages = context.getErrors().stream().map(Problems::message).toList();
    HttpStatus status = HttpStatus.valueOf(response.code());
    String detail = detail(context, status, messages);
    List<String> problems = messages.size() > 1 ? messages : List.of(detail);
    return response
        .body(of(context.getRequest(), status, detail, problems))
        .contentType(Problem.MEDIA_TYPE);
  }

  private static String message(Error error) {
    return error.getPath().map(path -> path + ": ").orElse("") + error.getMessage();
  }

  private static String detail(ErrorContext context, HttpStatus status, List<String> messages) {
    HttpRequest<?> request = context.getRequest();
    if (status == HttpStatus.NOT_FOUND) {
      return "Nothing is at %s. GET /openapi.yml lists all there is; the page is at /."
          .formatted(request.getPath());
    }
    if (status == HttpStatus.METHOD_NOT_ALLOWED) {
      return "%s is not possible at %s: %s"
          .formatted(request.getMethodName(), request.getPath(), String.join("\n", messages));
    }
    return messages.isEmpty() ? status.getReason() : String.join("\n", messages);
  }
}
