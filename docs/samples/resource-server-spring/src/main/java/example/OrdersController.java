package example;

import java.util.List;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /orders}, for access tokens with the scope {@code orders:read}. */
@RestController
class OrdersController {

  @GetMapping("/orders")
  Map<String, Object> orders(@AuthenticationPrincipal Jwt caller) {
    return Map.of("subject", caller.getSubject(), "orders", List.of());
  }
}
