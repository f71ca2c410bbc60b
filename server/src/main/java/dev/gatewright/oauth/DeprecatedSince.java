package dev.gatewright.oauth;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation that callers should turn away from. Generated from the contract's {@code
 * x-deprecated-since} and {@code x-sunset}; every answer says so, by {@code dev.gatewright.http}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface DeprecatedSince {
  /** The day, {@code 2027-01-31}, that it is deprecated from, at its beginning in UTC. */
  String value();

  /** The day from which it may no longer answer; empty when there is none yet. */
  String sunset() default "";
}
