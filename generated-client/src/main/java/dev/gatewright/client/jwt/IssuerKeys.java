package dev.gatewright.client.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.gatewright.client.concurrent.SingleFlight;
import dev.gatewright.client.concurrent.Waiting;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.transport.ErrorAnswer;
import dev.gatewright.client.transport.HttpTransport;
import dev.gatewright.client.transport.Repeat;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer: fetched when first needed, and again
 *
 * <ul>
 *   <li>in the background, once they are five minutes old and somebody asks for them;
 *   <li>before they are used, once they are ten minutes old: a key that the issuer took away is not
 *       taken after that;
 *   <li>at once, when a token names a key that is not among them: the issuer may have a new one.
 *       Tokens with made-up keys cannot make us do so more than twice in 30 seconds.
 * </ul>
 *
 * While the issuer does not answer, the keys that are known stay good for a day.
 */
public final class IssuerKeys {

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration USABLE_UNASKED = Duration.ofMinutes(10);
  private static final Duration USABLE_IN_AN_OUTAGE = Duration.ofDays(1);
  private static final Duration RATE_WINDOW = Duration.ofSeconds(30);
  private static final int FETCHES_PER_WINDOW = 2;

  private final URI jwksUri;
  private final HttpTransport transport;
  private final Clock clock;
  private final SingleFlight<Known> flight = new SingleFlight<>("issuer-keys");
  private final Deque<Instant> forUnknownKeys = new ArrayDeque<>();
  private volatile @Nullable Known known;

  private record Known(JWKSet keys, Instant fetchedAt) {}

  public IssuerKeys(URI jwksUri, HttpTransport transport, Clock clock) {
    this.jwksUri = jwksUri;
    this.transport = transport;
    this.clock = clock;
  }

  /**
   * The keys that may have signed under this header; usually one or none.
   *
   * @throws TransportException if the keys cannot be fetched
   */
  public List<JWK> candidates(JWSHeader header) {
    JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
    Known current = current();
    List<JWK> found = selector.select(current.keys());
    if (!found.isEmpty() || !mayFetchForUnknownKey()) {
      return found;
    }
    return selector.select(fetched().keys());
  }

  private Known current() {
    Known now = known;
    if (now == null) {
      return fetched();
    }
    Duration age = Duration.between(now.fetchedAt(), clock.instant());
    if (age.compareTo(FRESH) < 0) {
      return now;
    }
    if (age.compareTo(USABLE_UNASKED) < 0) {
      CompletableFuture<?> unused =
          flight.join(this::fetch); // The next caller sees what came of it.
      return now;
    }
    try {
      return fetched();
    } catch (TransportException e) {
      if (age.compareTo(USABLE_IN_AN_OUTAGE) < 0) {
        return now;
      }
      throw e;
    }
  }

  private boolean mayFetchForUnknownKey() {
    Instant now = clock.instant();
    synchronized (forUnknownKeys) {
      while (!forUnknownKeys.isEmpty()
          && !now.isBefore(forUnknownKeys.getFirst().plus(RATE_WINDOW))) {
        forUnknownKeys.removeFirst();
      }
      if (forUnknownKeys.size() >= FETCHES_PER_WINDOW) {
        return false;
      }
      forUnknownKeys.addLast(now);
      return true;
    }
  }

  private Known fetched() {
    return Waiting.together(flight.join(this::fetch));
  }

  private Known fetch() {
    HttpResponse<String> response =
        transport.send(
            () -> HttpRequest.newBuilder(jwksUri).header("Accept", "application/json").build(),
            Repeat.IDEMPOTENT);
    if (response.statusCode() != 200) {
      throw new TransportException("The issuer's keys cannot be fetched", ErrorAnswer.of(response));
    }
    try {
      Known fetched = new Known(JWKSet.parse(response.body()), clock.instant());
      known = fetched;
      return fetched;
    } catch (ParseException e) {
      throw new TransportException("The issuer's keys cannot be read", e);
    }
  }
}
