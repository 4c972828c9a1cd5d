package dev.espalier.api.http;

import dev.espalier.api.launch.KeyTaken;
import dev.espalier.api.launch.NotFound;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.failure.StateConflict;
import dev.espalier.store.DamagedDocument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Objects;

/** Answers the project's own failures, wherever they are thrown. */
@Hidden
@Controller
final class ErrorController {
  /** The caller's mistake, with all problems at once. */
  @Error(global = true)
  HttpResponse<Problem> invalid(HttpRequest<?> request, InvalidInput invalid) {
    return Problems.answer(request, HttpStatus.BAD_REQUEST, message(invalid), invalid.problems());
  }

  /** Not in the state that things are in. */
  @Error(global = true)
  HttpResponse<Problem> conflict(HttpRequest<?> request, StateConflict conflict) {
    return Problems.answer(request, HttpStatus.CONFLICT, message(conflict), conflict.problems());
  }

  /** No such experiment, stage or artifact. */
  @Error(global = true)
  HttpResponse<Problem> missing(HttpRequest<?> request, NotFound missing) {
    String message = message(missing);
    return Problems.answer(request, HttpStatus.NOT_FOUND, message, List.of(message));
  }

  /** The Idempotency-Key belongs to another wish. */
  @Error(global = true)
  HttpResponse<Problem> taken(HttpRequest<?> request, KeyTaken taken) {
    String message = message(taken);
    return Problems.answer(request, HttpStatus.UNPROCESSABLE_ENTITY, message, List.of(message));
  }

  /** The store or Temporal is away for now; what was asked can be asked again. */
  @Error(global = true)
  HttpResponse<Problem> lost(HttpRequest<?> request, Lost lost) {
    String message = message(lost);
    return Problems.answer(request, HttpStatus.SERVICE_UNAVAILABLE, message, List.of(message))
        .header("Retry-After", "2");
  }

  /** It is in the store, but not as it was written. */
  @Error(global = true)
  HttpResponse<Problem> damaged(HttpRequest<?> request, DamagedDocument damaged) {
    String message = message(damaged);
    return Problems.answer(request, HttpStatus.INTERNAL_SERVER_ERROR, message, List.of(message));
  }

  private static String message(Exception failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }
}
