package dev.gatewright.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.DeviceFlow;
import dev.gatewright.Forms;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.contract.ServedContract.Operation;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A server on which the examples of the contract can be played: with the clients of development, a
 * user Ada, and tokens and codes that are good where the examples have some to look at.
 */
final class ExampleStage implements AutoCloseable {
  private static final String ADA = "a long password of hers";
  private static final String ADA_LATER = "a longer password of hers";
  private static final TestClientOfDevelopment MACHINE =
      new TestClientOfDevelopment(
          "orders-machine", "orders-machine-secret-for-development-only-000");

  private final TestServer server =
      TestServer.start(
          Map.of(
              "gatewright.bootstrap-file",
              "classpath:bootstrap-dev.yml",
              "gatewright.registration.mode",
              "open"));
  private final TestUsers users = new TestUsers(server);
  private final User user = users.openUser();

  /** One that the bootstrap file declares. */
  private record TestClientOfDevelopment(String id, String secret) {
    TestClient at(TestServer server) {
      return new TestClient(server, id, secret, "");
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /** Sends the example of a body, made to succeed. */
  HttpResponse<String> send(Operation operation, String mediaType, String name, JsonNode example) {
    JsonNode local =
        Http.json(example.toString().replace("http://localhost:8080", server.issuer()));
    ObjectNode body = (ObjectNode) local;
    List<String> headers = new ArrayList<>(List.of("Content-Type", mediaType));
    String path = prepare(operation, name, body, headers);
    boolean isForm = mediaType.equals(Attempts.FORM);
    String text = isForm ? ExamplesTest.form(body) : body.toString();
    return new Http(server).send(operation.method(), path, text, headers.toArray(String[]::new));
  }

  /** Puts in what only a server can have made; the path to send it to. */
  private String prepare(Operation operation, String name, ObjectNode body, List<String> headers) {
    String path = operation.template();
    switch (operation.id()) {
      case "issueToken" -> tokenRequest(body, headers);
      case "revokeToken" -> {
        boolean isPublic = body.has("client_id");
        body.put("token", isPublic ? tokens().refresh() : machineToken());
        if (!isPublic) {
          authenticate(MACHINE.at(server), headers);
        }
      }
      case "introspectToken" -> {
        body.put("token", machineToken());
        if (body.has("client_id")) {
          TestClient reader =
              ClientBuilder.machine(server)
                  .authMethod("client_secret_post")
                  .resourceServerFor("https://api.example/orders")
                  .register();
          body.put("client_id", reader.clientId()).put("client_secret", reader.secret());
        } else {
          authenticate(MACHINE.at(server), headers);
        }
      }
      case "getUserInfoByPost" -> {
        if (body.has("access_token")) {
          body.put("access_token", tokens().access());
        } else {
          bearer(tokens().access(), headers);
        }
      }
      case "logOutByPost" -> {
        if (body.has("id_token_hint")) {
          forLogout(body);
        }
      }
      case "updateRegistration" -> {
        ObjectNode registered = new ObjectMapper().createObjectNode();
        path = registration(registered, headers);
        body.set("client_id", registered.get("client_id"));
      }
      case "logIn" -> ada();
      case "signUp" -> forgetAda();
      case "changePassword" -> bearer(ada(), headers);
      case "updateClient" ->
          path = "/api/clients/" + ClientBuilder.web(server).register().clientId();
      case "updateResource" -> path = "/api/resources/" + ordersId();
      default -> {}
    }
    if (operation.body().path("security").toString().contains("oauth2")
        && !headers.contains("Authorization")
        && !body.has("access_token")) {
      bearer(administratorToken(), headers);
    }
    return path;
  }

  private void tokenRequest(ObjectNode body, List<String> headers) {
    switch (body.get("grant_type").asText()) {
      case "authorization_code" -> body.put("code", code("openid"));
      case "refresh_token" -> body.put("refresh_token", tokens().refresh());
      case "client_credentials" -> authenticate(MACHINE.at(server), headers);
      default -> {
        TestClient device = new TestClient(server, body.get("client_id").asText(), "", "");
        DeviceFlow flow = device.device("openid");
        flow.decide(new Browser(server).logIn(user), "allow");
        body.put("device_code", flow.deviceCode());
      }
    }
  }

  /** The code that the example of an authorization request gets, for these scopes. */
  private String code(String scope) {
    ObjectNode request = (ObjectNode) authorizationRequest();
    request.put("scope", scope).put("prompt", "consent");
    Browser browser = new Browser(server);
    HttpResponse<String> first = browser.get("/oauth2/auth?" + ExamplesTest.form(request));
    String location = Http.header(browser.finish(first, user), "Location");
    return Forms.decode(location.substring(location.indexOf('?') + 1)).get("code").getFirst();
  }

  private Tokens tokens() {
    ObjectNode redemption = (ObjectNode) example("TokenRequestAuthorizationCode");
    redemption.put("code", code("openid offline_access"));
    return Tokens.of(
        new Http(server)
            .send(
                "POST",
                "/oauth2/token",
                ExamplesTest.form(redemption),
                "Content-Type",
                Attempts.FORM));
  }

  private JsonNode authorizationRequest() {
    return example("AuthorizationRequestCode");
  }

  private JsonNode example(String name) {
    String text =
        ServedContract.get()
            .document()
            .at("/components/examples/" + name + "/value")
            .toString()
            .replace("http://localhost:8080", server.issuer());
    return Http.json(text);
  }

  private String machineToken() {
    return MACHINE.at(server).ownTokens("orders:read").access();
  }

  private String administratorToken() {
    return users.logIn(users.administrator()).get("access_token").asText();
  }

  private String ordersId() {
    JsonNode resources =
        Http.body(
            200,
            new Http(server)
                .get("/api/resources", "Authorization", "Bearer " + administratorToken()));
    return resources.get("items").get(0).get("id").asText();
  }

  /** Makes Ada as the examples know her; an access token of hers. */
  private String ada() {
    forgetAda();
    Http.body(
        201, new Http(server).json("POST", "/api/users", example("SignUpRequestAda").toString()));
    return Http.body(200, login(ADA)).get("access_token").asText();
  }

  private void forgetAda() {
    for (String password : List.of(ADA, ADA_LATER)) {
      HttpResponse<String> login = login(password);
      if (login.statusCode() == 200) {
        String token = Http.json(login.body()).get("access_token").asText();
        new Http(server).send("DELETE", "/api/user", "", "Authorization", "Bearer " + token);
      }
    }
  }

  private HttpResponse<String> login(String password) {
    ObjectNode login = new ObjectMapper().createObjectNode();
    login.put("login", "ada").put("password", password);
    return new Http(server).json("POST", "/api/login", login.toString());
  }

  private static void authenticate(TestClient client, List<String> headers) {
    headers.addAll(List.of(client.authentication()));
  }

  private static void bearer(String token, List<String> headers) {
    headers.addAll(List.of("Authorization", "Bearer " + token));
  }

  /** Asks an operation with the example of one parameter, beside what it needs. */
  HttpResponse<String> ask(Operation operation, String in, String name, String example) {
    String value = example.replace("http://localhost:8080", server.issuer());
    List<String> headers = new ArrayList<>();
    ObjectNode body = new ObjectMapper().createObjectNode();
    String path =
        operation
            .template()
            .replace("{" + name + "}", Forms.encode(value))
            .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    switch (operation.id()) {
      case "authorize" -> path += "?" + ExamplesTest.form(authorizationRequest(name, value));
      case "logOut" -> path += "?" + ExamplesTest.form(beside(logoutRequest(), name, value));
      default -> {
        if (in.equals("query")) {
          path += "?" + name + "=" + Forms.encode(value);
        } else if (in.equals("header")) {
          headers.addAll(List.of(name, value));
        }
      }
    }
    String security = operation.body().path("security").toString();
    if (security.contains("oauth2")) {
      bearer(administratorToken(), headers);
    } else if (security.contains("registrationToken")) {
      path = registration(body, headers);
    }
    JsonNode content = operation.body().path("requestBody").path("content");
    content.fieldNames().forEachRemaining(type -> headers.addAll(List.of("Content-Type", type)));
    return new Http(server)
        .send(
            operation.method(),
            path,
            content.isEmpty() ? "" : body.toString(),
            headers.toArray(String[]::new));
  }

  private JsonNode authorizationRequest(String name, String value) {
    ObjectNode request = (ObjectNode) authorizationRequest();
    if (name.equals("resource")) {
      // of a client that may ask for it
      TestClient client = ClientBuilder.web(server).scope("openid orders:read").register();
      request.put("client_id", client.clientId());
      request.put("redirect_uri", client.redirectUri()).put("scope", "openid orders:read");
    }
    return request.put(name, value);
  }

  /** What is only made by the server is left as it is. */
  private static JsonNode beside(JsonNode request, String name, String value) {
    ObjectNode parameters = (ObjectNode) request;
    if (!parameters.has(name)) {
      parameters.put(name, value);
    }
    return parameters;
  }

  private JsonNode logoutRequest() {
    ObjectNode request = (ObjectNode) example("LogoutRequestReturn");
    forLogout(request);
    return request;
  }

  private void forLogout(ObjectNode request) {
    TestClient client =
        ClientBuilder.web(server)
            .option(
                "post_logout_redirect_uris",
                List.of(request.get("post_logout_redirect_uri").asText()))
            .register();
    request.put("client_id", client.clientId());
    request.put("id_token_hint", client.flow().tokens(user).id());
  }

  /** Registers a client; the path of its registration, and what an update of it needs. */
  private String registration(ObjectNode body, List<String> headers) {
    body.put("client_name", "Reports").putArray("redirect_uris").add("https://reports.example/cb");
    JsonNode client =
        Http.body(201, new Http(server).json("POST", "/oauth2/register", body.toString()));
    body.put("client_id", client.get("client_id").asText());
    bearer(client.get("registration_access_token").asText(), headers);
    return "/oauth2/register/" + client.get("client_id").asText();
  }

  /** What each operation refuses, and how. */
  List<HttpResponse<String>> refusals(Operation operation) {
    String path = operation.template().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    String token = "Bearer " + administratorToken();
    Http http = new Http(server);
    String method = operation.method();
    String type =
        operation.body().at("/requestBody/content").isEmpty()
            ? "application/json"
            : operation.body().at("/requestBody/content").fieldNames().next();
    String body = method.equals("GET") ? "" : type.equals(Attempts.FORM) ? "a=b" : "{}";
    String[] nothing = {"Content-Type", type};
    return List.of(
        http.send(method, path, body, nothing),
        http.send(method, path, body, "Content-Type", type, "Authorization", "Bearer no"),
        http.send(method, path + "?a=1&a=2", body, "Content-Type", type, "Authorization", token),
        http.send(method, path, body, "Content-Type", "text/x", "Authorization", token),
        http.send(
            method, path, body, "Content-Type", type, "Authorization", token, "Accept", "text/x"),
        http.send(
            method, path, body, "Content-Type", type, "Authorization", token, "If-Match", "\"9\""));
  }
}
