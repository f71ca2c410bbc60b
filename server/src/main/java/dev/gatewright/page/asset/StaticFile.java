package dev.gatewright.page.asset;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A file from the class path, held in memory, with a version that changes when its content does.
 */
final class StaticFile {

  /** For a file whose URL names its version: it never changes. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** For a file under a lasting URL: browsers keep it and ask whether it is still the one. */
  private static final String ASK_AGAIN = "no-cache";

  private final byte[] content;
  private final MediaType type;
  private final String version;

  private StaticFile(byte[] content, MediaType type) {
    this.content = content;
    this.type = type;
    this.version = checksum(content);
  }

  /** Reads a file; its absence is a broken build. */
  static StaticFile read(String resource, MediaType type) {
    try (var in = StaticFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource);
      }
      return new StaticFile(in.readAllBytes(), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Eight hexadecimal digits. */
  String version() {
    return version;
  }

  /**
   * The file, or 304 where the browser has it already (RFC 9110 §13.1.2).
   *
   * @param askedVersion the version in the URL, empty when it names none
   */
  MutableHttpResponse<byte[]> answer(HttpRequest<?> request, String askedVersion) {
    var tag = '"' + version + '"';
    var known =
        request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH).stream()
            .anyMatch(h -> h.contains(tag));
    MutableHttpResponse<byte[]> response =
        known ? HttpResponse.notModified() : HttpResponse.ok(content);
    return response
        .contentType(type)
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, askedVersion.equals(version) ? FOR_EVER : ASK_AGAIN)
        .header("X-Content-Type-Options", "nosniff");
  }

  /** Tells our own builds apart; nobody gains by two files of the same checksum. */
  private static String checksum(byte[] content) {
    var checksum = new CRC32C();
    checksum.update(content);
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }
}
