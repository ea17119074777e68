package io.coldstream.store.testkit.emulator;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a test class that runs against a program of its own. Where that is not to be had the class is
 * disabled with the reason, unless the environment variable {@code COLDSTREAM_REQUIRE}, names joined
 * by commas, names the program: then the class fails.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(EmulatorExtension.class)
public @interface NeedsEmulator {
  /** A {@link Program#title}. */
  String value();
}
