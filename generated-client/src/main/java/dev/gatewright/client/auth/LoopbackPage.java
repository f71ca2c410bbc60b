package dev.gatewright.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What the browser shows once it has come back to the program. Nothing of the request is in it. */
final class LoopbackPage {

  static final String DONE = page("Done", "You can close this window and go back to the program.");
  static final String NOT_DONE =
      page("Not logged in", "You can close this window; the program knows why.");
  static final String REFUSED =
      page("Not expected", "Nobody waits for this. If you were logging in, begin again.");

  private LoopbackPage() {}

  static void send(HttpExchange exchange, int status, String page) throws IOException {
    byte[] body = page.getBytes(UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Connection", "close");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String page(String title, String text) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>%1$s</title>
    <style>body{font:1.1rem/1.5 system-ui,sans-serif;margin:20vh auto;max-width:28rem;padding:0 1rem;text-align:center}</style>
    </head>
    <body><main><h1>%1$s</h1><p>%2$s</p></main></body>
    </html>
    """
        .formatted(title, text);
  }
}
