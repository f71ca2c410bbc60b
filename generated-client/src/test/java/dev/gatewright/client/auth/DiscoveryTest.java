package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.Gatewright;
import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.error.RefusedResponseException.Reason;
import dev.gatewright.client.error.TransportException;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Provider metadata is fetched once, and believed only where it should be (OpenID Connect Discovery
 * §4).
 */
class DiscoveryTest {

  private static final String METADATA = "/.well-known/openid-configuration";

  private final FakeProvider fake = new FakeProvider(new TestClock());

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void metadataSaysWhereEverythingIs() {
    Provider provider = Gatewright.connect(fake.issuer()).provider();

    assertEquals(fake.issuer(), provider.issuer());
    assertEquals(URI.create(fake.issuer() + "/oauth2/auth"), provider.authorizationEndpoint());
    assertEquals(URI.create(fake.issuer() + "/oauth2/token"), provider.tokenEndpoint());
    assertEquals(
        URI.create(fake.issuer() + "/oauth2/revoke"), provider.revocationEndpoint().orElseThrow());
    assertEquals(Set.of("RS256", "ES256", "EdDSA"), provider.idTokenAlgorithms());
    assertTrue(provider.issuerInAuthorizationResponse());
  }

  /** OpenID Connect Discovery §4.3: must be exactly the same. */
  @ParameterizedTest
  @ValueSource(strings = {"https://other.example", "", "%s/"})
  void metadataOfAnotherIssuerIsRefused(String issuer) {
    fake.metadata.put("issuer", issuer.formatted(fake.issuer()));

    assertRefused(Reason.ISSUER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri"})
  void metadataWithoutAnEndpointIsRefused(String endpoint) {
    fake.metadata.remove(endpoint);

    assertRefused(Reason.MALFORMED);
  }

  @Test
  void endpointWithoutTlsIsRefused() {
    fake.metadata.put("token_endpoint", "http://id.example/oauth2/token");

    assertRefused(Reason.INSECURE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "ftp://localhost",
        "https://id.example?a=b",
        "https://id.example#f",
        "/relative"
      })
  void unsuitableIssuerIsRefusedBeforeAnythingIsSent(String issuer) {
    URI uri = URI.create(issuer);

    assertThrows(IllegalArgumentException.class, () -> Gatewright.connect(uri));
    assertThrows(IllegalArgumentException.class, () -> Gatewright.builder(uri).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://[::1]:8080"
      })
  void tlsOrThisMachineIsSafe(String issuer) {
    assertDoesNotThrow(() -> Gatewright.builder(URI.create(issuer)).build());
  }

  @Test
  void plainHttpHasToBeAllowed() {
    assertDoesNotThrow(
        () -> Gatewright.builder(URI.create("http://id.test")).allowPlainHttp().build());
  }

  @Test
  void sessionsAndVerifiersOfOneServerShareItsDiscovery() {
    Gatewright gatewright = fake.gatewright();
    gatewright.newSession().redirectUri(FakeProvider.CALLBACK).build().authorizationUrl();
    gatewright.newSession().redirectUri(FakeProvider.CALLBACK).build().authorizationUrl();
    gatewright.verifier(fake.issuer().toString()).verify(fake.accessToken(claims -> {}));

    assertEquals(1, fake.askedAt(METADATA).size());
  }

  @Test
  void failedDiscoveryIsTriedAgain() {
    OAuth2Session session = fake.session().build();
    Object endpoint = fake.metadata.remove("token_endpoint");
    assertThrows(RefusedResponseException.class, session::provider);
    fake.metadata.put("token_endpoint", endpoint);

    assertEquals(fake.issuer(), session.provider().issuer());
  }

  @Test
  void connectingNeedsNoWaiting() {
    assertEquals(
        fake.issuer(), Gatewright.builder(fake.issuer()).connectAsync().join().provider().issuer());
  }

  @Test
  void serverThatIsNotThereIsATransportFailure() {
    URI gone = fake.issuer();
    fake.close();

    assertThrows(TransportException.class, () -> Gatewright.connect(gone));
  }

  private void assertRefused(Reason reason) {
    RefusedResponseException refusal =
        assertThrows(RefusedResponseException.class, () -> Gatewright.connect(fake.issuer()));
    assertEquals(reason, refusal.reason());
  }
}
