import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewright.client.auth.AccessToken;
import dev.gatewright.client.auth.AccessTokenVerifier;
import dev.gatewright.client.error.InsufficientScopeException;
import dev.gatewright.client.error.InvalidTokenException;
import dev.gatewright.client.error.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;

/** An API of your own, {@code GET /orders}, that takes access tokens with {@code orders:read}. */
public class OrdersApi {

  private static final String SCOPE = "orders:read";

  private final AccessTokenVerifier verifier;

  OrdersApi(AccessTokenVerifier verifier) {
    this.verifier = verifier;
  }

  public static void main(String[] args) throws IOException {
    String issuer =
        Optional.ofNullable(System.getenv("GATEWRIGHT_ISSUER")).orElse("http://localhost:8080");
    OrdersApi api =
        new OrdersApi(
            AccessTokenVerifier.discover(URI.create(issuer), "https://api.example/orders"));

    int port = args.length == 0 ? 8090 : Integer.parseInt(args[0]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/orders", api::handle);
    server.start();
    System.out.println("GET http://localhost:" + port + "/orders");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      orders(exchange);
    }
  }

  private void orders(HttpExchange exchange) throws IOException {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      refuse(exchange, 401, "Bearer");
      return;
    }
    try {
      AccessToken token = verifier.verify(header.substring(7).strip()).requireScopes(SCOPE);
      answer(exchange, "{\"subject\": \"%s\", \"orders\": []}".formatted(token.subject()));
    } catch (InvalidTokenException e) {
      refuse(exchange, 401, e.bearerChallenge());
    } catch (InsufficientScopeException e) {
      refuse(exchange, 403, e.bearerChallenge());
    } catch (TransportException e) {
      exchange.sendResponseHeaders(503, -1); // the issuer's keys cannot be fetched now
    }
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static void refuse(HttpExchange exchange, int status, String challenge)
      throws IOException {
    exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
    exchange.sendResponseHeaders(status, -1);
  }
}
