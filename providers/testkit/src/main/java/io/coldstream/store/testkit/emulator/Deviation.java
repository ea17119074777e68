package io.coldstream.store.testkit.emulator;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a test that overrides one of the contract because the emulator differs from the service. It is
 * counted, and named in {@code target/emulators}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Deviation {
  /** What the emulator does instead, in one line. */
  String value();
}
