package io.coldstream.store.testkit.emulator;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a test class that runs against an emulator of a cloud in this process. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(EmulatorExtension.class)
public @interface Emulator {
  /** Its name. */
  String value();

  /**
   * The Maven artifact on the class path that it comes from, {@code group:artifact}, which tells its
   * version; empty for a server of our own.
   */
  String artifact() default "";
}
