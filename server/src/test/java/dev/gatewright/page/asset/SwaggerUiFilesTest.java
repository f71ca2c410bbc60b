package dev.gatewright.page.asset;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.page.ContentSecurityPolicy;
import dev.gatewright.page.Pages;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwaggerUiFilesTest {

  private final SwaggerUiFiles files = new SwaggerUiFiles();
  private final SwaggerUiController controller = new SwaggerUiController(new Pages(), files);

  @Test
  void indexRefersToFilesOfThisServerAlone() {
    var response = controller.index();
    var html = requireNonNull(response.body());

    assertTrue(
        html.contains("<script src=\"" + files.href("swagger-ui-bundle.js") + "\" defer>"), html);
    assertTrue(
        html.contains("<script type=\"module\" src=\"" + Asset.SWAGGER_INITIALIZER.href() + "\">"),
        html);
    assertTrue(
        html.contains("<link rel=\"stylesheet\" href=\"" + files.href("swagger-ui.css") + "\">"),
        html);
    assertEquals(
        ContentSecurityPolicy.SWAGGER_UI.value(),
        response.getHeaders().get("Content-Security-Policy"));
  }

  @ParameterizedTest
  @CsvSource({
    "swagger-ui.css, text/css;charset=utf-8",
    "swagger-ui-bundle.js, text/javascript;charset=utf-8",
    "oauth2-redirect.html, text/html;charset=utf-8",
    "oauth2-redirect.js, text/javascript;charset=utf-8"
  })
  void filesOfThePagesAreServed(String fileName, String type) {
    var response = controller.file(HttpRequest.GET("/"), fileName, "");

    assertEquals(HttpStatus.OK, response.status());
    assertEquals(type, response.getHeaders().get("Content-Type"));
    assertEquals(
        ContentSecurityPolicy.SWAGGER_UI.value(),
        response.getHeaders().get("Content-Security-Policy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"swagger-ui.js", "package.json", "..", "../pom.properties", ""})
  void otherFilesAreNotFound(String fileName) {
    assertEquals(Optional.empty(), files.named(fileName));
    assertEquals(
        HttpStatus.NOT_FOUND, controller.file(HttpRequest.GET("/"), fileName, "").status());
  }
}
