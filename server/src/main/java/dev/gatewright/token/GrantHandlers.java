package dev.gatewright.token;

import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The grant types that the token endpoint serves. */
@Singleton
public final class GrantHandlers {
  private final Map<String, GrantHandler> byGrantType;

  GrantHandlers(List<GrantHandler> handlers) {
    this.byGrantType =
        handlers.stream()
            .collect(Collectors.toUnmodifiableMap(GrantHandler::grantType, Function.identity()));
  }

  /** {@code grant_types_supported}. */
  public List<String> grantTypes() {
    return byGrantType.keySet().stream().sorted().toList();
  }

  GrantHandler of(String grantType) {
    GrantHandler handler = byGrantType.get(grantType);
    if (handler == null) {
      throw new OAuthException(
          ErrorCode.UNSUPPORTED_GRANT_TYPE, "This grant type is not supported");
    }
    return handler;
  }
}
