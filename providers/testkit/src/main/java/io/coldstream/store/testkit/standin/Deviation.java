package io.coldstream.store.testkit.standin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a test that overrides one of the contract because the stand-in differs from the service. It is
 * counted, and named in {@code target/standins}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Deviation {
  /** What the stand-in does instead, in one line. */
  String value();
}
