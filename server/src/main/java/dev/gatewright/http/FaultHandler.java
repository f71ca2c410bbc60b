package dev.gatewright.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.CodecException;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.nio.channels.ClosedChannelException;

/**
 * Answers everything that nobody foresaw: an id for the caller, the stack trace for the log. A body
 * that cannot be read to its end is the caller's fault, and no more than a refused request.
 */
@Singleton
final class FaultHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {
  private final ErrorAnswers answers;

  FaultHandler(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's parameter is raw
  public HttpResponse<?> handle(HttpRequest request, Throwable fault) {
    HttpRequest<?> typed = request;
    return isOfTheBody(fault)
        ? answers.answer(
            typed,
            ProblemException.of(
                ProblemType.INVALID_REQUEST,
                "The body breaks off, or is not in the encoding that its headers name"))
        : answers.broken(typed, fault);
  }

  /** Not in the encoding that its headers name, or cut off by the end of the connection. */
  private static boolean isOfTheBody(Throwable fault) {
    return fault instanceof CodecException
        || fault instanceof EOFException
        || fault instanceof ClosedChannelException;
  }
}
