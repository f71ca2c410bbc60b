package dev.gatewright.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The modules of the OpenID Foundation's conformance suite whose case a test has. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Module {
  /** Their names, as in {@code conformance/modules.txt}. */
  String[] value();
}
