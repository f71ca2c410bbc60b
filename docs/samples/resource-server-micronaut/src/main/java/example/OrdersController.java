package example;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import java.util.List;
import java.util.Map;

/** {@code GET /orders}, for access tokens with the scope {@code orders:read}. */
@Controller("/orders")
class OrdersController {

  @Secured("orders:read")
  @Get
  Map<String, Object> orders(Authentication caller) {
    return Map.of("subject", caller.getName(), "orders", List.of());
  }
}
