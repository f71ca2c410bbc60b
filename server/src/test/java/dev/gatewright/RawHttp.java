package dev.gatewright;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP by hand over a socket, for what no HTTP client would send. */
public final class RawHttp {
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) ");

  private RawHttp() {}

  /** A well-formed GET of whatever path, with header lines; the connection ends with it. */
  public static Reply get(TestServer server, String path, String... headerLines) {
    StringBuilder request =
        new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + host(server) + "\r\n");
    for (String line : headerLines) {
      request.append(line).append("\r\n");
    }
    return send(server, request.append("Connection: close\r\n\r\n").toString());
  }

  /**
   * Sends these characters as octets, and reads all that comes back until the server closes, or is
   * silent for long.
   */
  public static Reply send(TestServer server, String octets) {
    try (Socket socket = connect(server)) {
      socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
      return read(socket, 1500);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Socket connect(TestServer server) throws IOException {
    URI issuer = server.uri("/");
    return new Socket(issuer.getHost(), issuer.getPort());
  }

  /** The host and port of the server, as the header {@code Host} names them. */
  public static String host(TestServer server) {
    return server.uri("/").getAuthority();
  }

  /** Reads until the end, or until nothing has come for so long. */
  public static Reply read(Socket socket, int silenceMillis) throws IOException {
    socket.setSoTimeout(silenceMillis);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8192];
    boolean closed = false;
    try {
      for (int n = in.read(buffer); ; n = in.read(buffer)) {
        if (n < 0) {
          closed = true;
          break;
        }
        received.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException e) {
      // the server keeps the connection
    } catch (IOException e) {
      closed = true; // reset
    }
    return new Reply(received.toString(StandardCharsets.UTF_8), closed);
  }

  /**
   * All that came back on a connection.
   *
   * @param closed whether the server ended the connection
   */
  public record Reply(String text, boolean closed) {

    /** The status of the first response; 0 when there is none. */
    public int status() {
      Matcher line = STATUS_LINE.matcher(text);
      return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }

    /** How many responses came. */
    public long responses() {
      return STATUS_LINE.matcher(text).results().count();
    }

    /** A header of the first response; empty when there is none. */
    public String header(String name) {
      for (String line : text.split("\r\n\r\n", 2)[0].split("\r\n")) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }

    public String body() {
      int end = text.indexOf("\r\n\r\n");
      return end < 0 ? "" : text.substring(end + 4);
    }
  }
}
