package dev.gatewright.http;

import dev.gatewright.crypto.Ids;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Gives every request an id, which its log lines, its rows in the audit trail and the answer to a
 * refusal have in common. Ids that callers send are not believed.
 */
@ServerFilter("/**")
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestId {
  /** What log lines call it: {@code %X{request_id}}. */
  static final String MDC_KEY = "request_id";

  private static final String ATTRIBUTE = "gatewright.request-id";

  RequestId() {}

  @RequestFilter
  void begin(HttpRequest<?> request, MutablePropagatedContext context) {
    context.add(new InLogLines(of(request).toString()));
  }

  /** The id of a request. */
  public static UUID of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, UUID.class)
        .orElseGet(() -> {
          UUID id = Ids.next();
          request.setAttribute(ATTRIBUTE, id);
          return id;
        });
  }

  /** The id as answers show it: {@code urn:uuid:…}. */
  static String urn(HttpRequest<?> request) {
    return "urn:uuid:" + of(request);
  }

  /** Writes a line of the log with the id in it, also where none of the filters has run. */
  static void log(HttpRequest<?> request, Runnable line) {
    InLogLines id = new InLogLines(of(request).toString());
    @Nullable String before = id.updateThreadContext();
    try {
      line.run();
    } finally {
      id.restoreThreadContext(before);
    }
  }

  /** Follows the request from thread to thread. */
  private record InLogLines(String id) implements ThreadPropagatedContextElement<@Nullable String> {
    @Override
    public @Nullable String updateThreadContext() {
      @Nullable String before = MDC.get(MDC_KEY);
      MDC.put(MDC_KEY, id);
      return before;
    }

    @Override
    public void restoreThreadContext(@Nullable String before) {
      if (before == null) {
        MDC.remove(MDC_KEY);
      } else {
        MDC.put(MDC_KEY, before);
      }
    }
  }
}
