package dev.gatewright.oauth;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scopes that an access token must have, all of them, to call an operation. Generated from the
 * contract's {@code security}; enforced by {@code dev.gatewright.bearer}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RequiredScopes {
  /** Names of scopes; never empty. */
  String[] value();
}
