package dev.gatewright.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTest {

  private final OpenAPI contract =
      new OpenAPI()
          .components(
              new Components()
                  .addSecuritySchemes(
                      "oauth2", new SecurityScheme().type(SecurityScheme.Type.OAUTH2)));

  @Test
  void globalSecurityHoldsWhereAnOperationSaysNothing() {
    contract.addSecurityItem(new SecurityRequirement().addList("oauth2", "read"));

    assertEquals(new Guard(false, List.of("read")), Guard.of(contract, new Operation()));
  }

  @Test
  void alternativesThatDisagreeAreRefused() {
    Operation operation =
        new Operation()
            .addSecurityItem(new SecurityRequirement().addList("oauth2", "read"))
            .addSecurityItem(new SecurityRequirement().addList("oauth2", "write"));

    assertThrows(IllegalArgumentException.class, () -> Guard.of(contract, operation));
  }

  @Test
  void unknownSchemeIsRefused() {
    Operation operation =
        new Operation().addSecurityItem(new SecurityRequirement().addList("missing"));

    assertThrows(IllegalArgumentException.class, () -> Guard.of(contract, operation));
  }
}
