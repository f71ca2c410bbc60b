package dev.gatewright.oauth;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation whose answers pages of clients' origins may read (Fetch Standard, CORS protocol).
 * Generated from the contract's {@code x-cross-origin}; enforced by {@code
 * dev.gatewright.client.origin}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CrossOrigin {}
