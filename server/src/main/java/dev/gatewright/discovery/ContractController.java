package dev.gatewright.discovery;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The contract itself, in one file: what this server was built from. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class ContractController {
  private static final String YAML = "application/yaml";

  private final byte[] yaml = read("openapi.yaml");
  private final byte[] json = read("openapi.json");

  @Get("/openapi.yaml")
  @Produces(YAML)
  HttpResponse<byte[]> yaml() {
    return document(yaml);
  }

  @Get("/openapi.json")
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<byte[]> json() {
    return document(json);
  }

  private static HttpResponse<byte[]> document(byte[] contract) {
    return HttpResponse.ok(contract).header(HttpHeaders.CACHE_CONTROL, "public, max-age=60");
  }

  private static byte[] read(String name) {
    String path = "/META-INF/openapi/" + name;
    try (@Nullable InputStream in = ContractController.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("The contract is not in the class path: " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
