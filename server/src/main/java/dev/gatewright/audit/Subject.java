package dev.gatewright.audit;

import java.util.UUID;

/** What is acted on. */
public record Subject(Type type, String id) {

  /** Kinds of subjects. */
  public enum Type {
    USER,
    CLIENT,
    RESOURCE,
    GRANT,
    SESSION,
    TOKEN,
    KEY
  }

  public static Subject user(UUID userId) {
    return new Subject(Type.USER, userId.toString());
  }

  public static Subject client(String clientId) {
    return new Subject(Type.CLIENT, clientId);
  }

  public static Subject resource(UUID id) {
    return new Subject(Type.RESOURCE, id.toString());
  }

  public static Subject grant(UUID id) {
    return new Subject(Type.GRANT, id.toString());
  }

  /** A browser session, by its public identifier. */
  public static Subject session(UUID sid) {
    return new Subject(Type.SESSION, sid.toString());
  }

  /** An access token, by its {@code jti}; an initial access token, by its id. */
  public static Subject token(UUID jti) {
    return new Subject(Type.TOKEN, jti.toString());
  }

  /** A signing key. */
  public static Subject key(String kid) {
    return new Subject(Type.KEY, kid);
  }
}
