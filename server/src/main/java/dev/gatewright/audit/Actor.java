package dev.gatewright.audit;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who acts.
 *
 * @param id of a user or client; null for the others
 * @param clientId the client itself, or the one that a user acts through; null for a browser
 */
public record Actor(Type type, @Nullable String id, @Nullable String clientId) {
  /** Whoever has not authenticated. */
  public static final Actor ANONYMOUS = new Actor(Type.ANONYMOUS, null, null);

  /** The server by itself: at its start, or on schedule. */
  public static final Actor SYSTEM = new Actor(Type.SYSTEM, null, null);

  private static final String ATTRIBUTE = "gatewright.actor";

  /** Kinds of actors. */
  public enum Type {
    USER,
    CLIENT,
    ANONYMOUS,
    SYSTEM
  }

  /** A user in a browser. */
  public static Actor user(UUID userId) {
    return new Actor(Type.USER, userId.toString(), null);
  }

  /** A user by an access token of a client's. */
  public static Actor user(UUID userId, String clientId) {
    return new Actor(Type.USER, userId.toString(), clientId);
  }

  /** A client by itself. */
  public static Actor client(String clientId) {
    return new Actor(Type.CLIENT, clientId, clientId);
  }

  /** Says who acts in a request, once that is proven. */
  public void actsIn(HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Who acts in the request at hand; the system outside of any. */
  static Actor current() {
    return ServerRequestContext.currentRequest()
        .map(request -> request.getAttribute(ATTRIBUTE, Actor.class).orElse(ANONYMOUS))
        .orElse(SYSTEM);
  }
}
