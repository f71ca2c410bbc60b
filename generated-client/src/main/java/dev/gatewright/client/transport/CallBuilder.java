package dev.gatewright.client.transport;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.gatewright.client.http.Call;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts a call together; for the generated classes, whose methods are the way to it. */
public final class CallBuilder {

  static final String FORM = "application/x-www-form-urlencoded";

  final Calls calls;
  final String operationId;
  final String method;
  final Map<String, String> headers = new LinkedHashMap<>();
  Security security = Security.NONE;
  boolean redirects;
  @Nullable String contentType;
  @Nullable Object body;
  private String path;
  private final Form query = new Form();

  CallBuilder(Calls calls, String operationId, String method, String path) {
    this.calls = calls;
    this.operationId = operationId;
    this.method = method;
    this.path = path;
  }

  /** What the contract asks of the caller. */
  public enum Security {
    /** Anyone. */
    NONE,
    /** An access token. */
    BEARER,
    /** An initial or a registration access token, where there is one. */
    REGISTRATION,
    /** The authentication of a client, where there is one. */
    CLIENT
  }

  /** What the call needs. */
  public CallBuilder security(Security needed) {
    this.security = needed;
    return this;
  }

  /** A part of the path. */
  public CallBuilder path(String name, Object value) {
    path = path.replace("{" + name + "}", Form.encode(value.toString()).replace("+", "%20"));
    return this;
  }

  /** A parameter of the query; null leaves it out, a list repeats it. */
  public CallBuilder query(String name, @Nullable Object value) {
    if (value instanceof Iterable<?> values) {
      query.addEach(name, values);
    } else if (value != null) {
      query.add(name, value.toString());
    }
    return this;
  }

  /** A header; null leaves it out. */
  public CallBuilder header(String name, @Nullable Object value) {
    if (value != null) {
      headers.put(name, value.toString());
    }
    return this;
  }

  /** A body, null for none. */
  public CallBuilder body(String mediaType, @Nullable Object value) {
    if (value != null) {
      contentType = mediaType;
      body = value;
    }
    return this;
  }

  /** A redirect is an answer, not a surprise. */
  public CallBuilder redirects() {
    redirects = true;
    return this;
  }

  URI uri() {
    return query.appendTo(HttpTransport.at(calls.issuer(), path));
  }

  /** A call that is answered with a value. */
  public <T> Call<T> returning(TypeReference<T> type) {
    return call(body -> Json.read(body, type));
  }

  /** A call that is answered with text. */
  public Call<String> returningText() {
    return call(Optional::of);
  }

  /** A call that is answered with nothing. */
  public Call<@Nullable Void> returningNothing() {
    return call(null);
  }

  private <T extends @Nullable Object> Call<T> call(
      @Nullable Function<String, Optional<T>> reader) {
    Invocation invocation = new Invocation(this);
    return new Call<>(
        operationId,
        () -> invocation.exchange(reader),
        () -> invocation.<String>exchange(Optional::of));
  }
}
