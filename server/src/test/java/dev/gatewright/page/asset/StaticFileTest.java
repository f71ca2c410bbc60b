package dev.gatewright.page.asset;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StaticFileTest {

  private final StaticFile mark = Asset.MARK.file();

  @Test
  void urlThatNamesTheVersionIsKeptForEver() throws IOException {
    var response = mark.answer(HttpRequest.GET("/"), mark.version());

    assertEquals("public, max-age=31536000, immutable", response.getHeaders().get("Cache-Control"));
    assertEquals("image/svg+xml", response.getHeaders().get("Content-Type"));
    try (var in = requireNonNull(getClass().getResourceAsStream("/public/assets/mark.svg"))) {
      assertArrayEquals(in.readAllBytes(), response.body());
    }
  }

  @Test
  void urlWithoutTheVersionOrWithAnOldOneIsAskedForAgain() {
    assertEquals(
        "no-cache", mark.answer(HttpRequest.GET("/"), "").getHeaders().get("Cache-Control"));
    assertEquals(
        "no-cache",
        mark.answer(HttpRequest.GET("/"), "00000000").getHeaders().get("Cache-Control"));
  }

  @Test
  void knownFileIsNotSentAgain() {
    var tag = mark.answer(HttpRequest.GET("/"), "").getHeaders().get("ETag");
    var response =
        mark.answer(HttpRequest.GET("/").header("If-None-Match", "\"other\", W/" + tag), "");

    assertEquals(HttpStatus.NOT_MODIFIED, response.status());
    assertNull(response.body());
  }
}
