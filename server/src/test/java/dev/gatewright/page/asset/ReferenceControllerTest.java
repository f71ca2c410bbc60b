package dev.gatewright.page.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatewright.page.ContentSecurityPolicy;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceControllerTest {

  private final ReferenceController controller = new ReferenceController();

  @ParameterizedTest
  @CsvSource({
    "index.html, text/html;charset=utf-8",
    "changes.html, text/html;charset=utf-8",
    "reference.css, text/css;charset=utf-8",
    "reference.js, text/javascript;charset=utf-8",
    "contract.js, text/javascript;charset=utf-8",
    "redoc.standalone.js, text/javascript;charset=utf-8",
    "openapi.yaml, application/yaml",
    "openapi.json, application/json"
  })
  void theFilesOfTheSiteAreServedUnderItsPolicy(String fileName, String type) {
    var response = controller.file(HttpRequest.GET("/reference/" + fileName), fileName);

    assertEquals(HttpStatus.OK, response.status());
    assertEquals(type, response.getHeaders().get("Content-Type"));
    assertEquals(
        ContentSecurityPolicy.REFERENCE.value(),
        response.getHeaders().get("Content-Security-Policy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redoc.js", "..", "../openapi.yaml", ""})
  void otherFilesAreNotFound(String fileName) {
    assertEquals(
        HttpStatus.NOT_FOUND,
        controller.file(HttpRequest.GET("/reference/" + fileName), fileName).status());
  }

  @Test
  void withoutItsSlashTheAddressLeadsToTheOneThatHasIt() {
    var response = controller.index(HttpRequest.GET("/reference"));

    assertEquals(HttpStatus.PERMANENT_REDIRECT, response.status());
    assertEquals("/reference/", response.getHeaders().get("Location"));
    assertEquals(HttpStatus.OK, controller.index(HttpRequest.GET("/reference/")).status());
  }
}
