package dev.gatewright.client.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatewright.TestContext;
import dev.gatewright.TestDatabase;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientMetadata;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.LoginClient;
import dev.gatewright.client.TestClients;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 §2.3, OAuth 2.1 §2.4. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientAuthenticatorTest {
  private final ApplicationContext context = TestContext.start(TestDatabase.H2.fresh());
  private final ClientAuthenticator authenticator = context.getBean(ClientAuthenticator.class);
  private final ClientRegistrations registrations = context.getBean(ClientRegistrations.class);
  private String basicSecret = "";
  private String postSecret = "";

  @BeforeAll
  void registerClients() {
    basicSecret = register("basic.client", "client_secret_basic");
    postSecret = register("post-client", "client_secret_post");
    registrations.create(TestClients.nativeApplication("public-client"), TestClients.ANYTHING);
  }

  @AfterAll
  void close() {
    context.close();
  }

  private String register(String clientId, String method) {
    ClientMetadata metadata =
        TestClients.with(TestClients.web(clientId), "token_endpoint_auth_method", method);
    return Objects.requireNonNull(
        registrations.create(metadata, TestClients.ANYTHING).clientSecret());
  }

  @Test
  void basicAuthenticates() {
    Client client = authenticate(basic("basic.client", basicSecret), null, null);
    assertEquals("basic.client", client.clientId());
  }

  @Test
  void basicIsFormDecoded() {
    String encodedId = "%62asic%2Eclient";
    String encodedSecret = basicSecret.replace("_", "%5f").replace("-", "%2D");
    assertEquals("basic.client", authenticate(basic(encodedId, encodedSecret), "", "").clientId());
  }

  @Test
  void basicSchemeIsCaseInsensitive() {
    MutableHttpRequest<?> request = post("basic " + base64("basic.client:" + basicSecret));
    assertEquals("basic.client", authenticate(request, "basic.client", null).clientId());
  }

  @Test
  void postAuthenticates() {
    assertEquals("post-client", authenticate(post(), "post-client", postSecret).clientId());
  }

  @Test
  void publicClientSaysWhoItIs() {
    assertEquals("public-client", authenticate(post(), "public-client", null).clientId());
    assertEquals("public-client", authenticate(post(), "public-client", "").clientId());
  }

  @Test
  void publicClientWithMadeUpSecretIsRefused() {
    refused(ErrorCode.INVALID_CLIENT, post(), "public-client", "made-up");
    refused(ErrorCode.INVALID_CLIENT, basic("public-client", "made-up"), null, null);
    refused(ErrorCode.INVALID_CLIENT, basic("public-client", ""), null, null);
  }

  @Test
  void confidentialClientWithoutSecretIsRefused() {
    refused(ErrorCode.INVALID_CLIENT, post(), "basic.client", null);
    refused(ErrorCode.INVALID_CLIENT, post(), "post-client", "");
    refused(ErrorCode.INVALID_CLIENT, basic("basic.client", ""), null, null);
  }

  @Test
  void otherMethodThanTheRegisteredOneIsRefused() {
    refused(ErrorCode.INVALID_CLIENT, post(), "basic.client", basicSecret);
    refused(ErrorCode.INVALID_CLIENT, basic("post-client", postSecret), null, null);
  }

  @Test
  void moreThanOneMethodIsRefused() {
    refused(
        ErrorCode.INVALID_REQUEST, basic("basic.client", basicSecret), "basic.client", basicSecret);
    MutableHttpRequest<?> twice = basic("basic.client", basicSecret);
    twice.getHeaders().add("Authorization", "Basic " + base64("basic.client:" + basicSecret));
    refused(ErrorCode.INVALID_REQUEST, twice, null, null);
  }

  @Test
  void otherClientInTheBodyIsRefused() {
    refused(ErrorCode.INVALID_REQUEST, basic("basic.client", basicSecret), "post-client", null);
  }

  @Test
  void credentialsInTheQueryAreRefused() {
    refused(
        ErrorCode.INVALID_REQUEST,
        HttpRequest.POST("/oauth2/token?client_id=post-client&client_secret=" + postSecret, ""),
        "post-client",
        postSecret);
    refused(
        ErrorCode.INVALID_REQUEST,
        HttpRequest.POST("/oauth2/token?client_id=public-client", ""),
        null,
        null);
  }

  @Test
  void noClientIsRefused() {
    refused(ErrorCode.INVALID_CLIENT, post(), null, null);
    refused(ErrorCode.INVALID_CLIENT, post(), "", "");
  }

  @Test
  void unknownClientAndWrongSecretGetTheSameAnswer() {
    OAuthException unknown =
        refused(ErrorCode.INVALID_CLIENT, basic("nobody", "gws_wrong"), null, null);
    OAuthException wrong =
        refused(ErrorCode.INVALID_CLIENT, basic("basic.client", "gws_wrong"), null, null);
    assertEquals(unknown.description(), wrong.description());
    assertEquals(unknown.status(), wrong.status());
  }

  @Test
  void builtInClientIsPublic() {
    assertEquals(
        LoginClient.CLIENT_ID, authenticate(post(), LoginClient.CLIENT_ID, null).clientId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic YQ",
        "Basic YWJj",
        "Basic Og==",
        "Basic /////w==",
        "Basic JTo=",
        "Basic JXp6Og==",
        "Basic JWZmOg==",
        "Basic AAA6AAA=",
        "Bearer abc",
        "Digest username=\"a\"",
        "Negotiate",
        "basic:basic"
      })
  void malformedAuthorizationIsRefused(String authorization) {
    refused(ErrorCode.INVALID_CLIENT, post(authorization), null, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\0", "a b", "\ud800", "ä", "BASIC.CLIENT", "basic.client ", "' OR 1=1 --"})
  void strangeClientIdIsUnknown(String clientId) {
    refused(ErrorCode.INVALID_CLIENT, post(), clientId, basicSecret);
  }

  private Client authenticate(
      HttpRequest<?> request, @Nullable String clientId, @Nullable String clientSecret) {
    return authenticator.authenticate(
        request, new ClientCredentials(clientId, clientSecret, null, null));
  }

  private OAuthException refused(
      ErrorCode error,
      HttpRequest<?> request,
      @Nullable String clientId,
      @Nullable String clientSecret) {
    OAuthException refusal =
        assertThrows(OAuthException.class, () -> authenticate(request, clientId, clientSecret));
    assertEquals(error, refusal.error());
    return refusal;
  }

  private static MutableHttpRequest<?> post() {
    return HttpRequest.POST("/oauth2/token", "");
  }

  private static MutableHttpRequest<?> post(String authorization) {
    return post().header("Authorization", authorization);
  }

  private static MutableHttpRequest<?> basic(String user, String password) {
    return post("Basic " + base64(user + ":" + password));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
