package io.coldstream.cli.settings;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.spi.Refusals;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How much is logged to standard error. It is set by an environment variable alone: logging starts
 * before the settings are read.
 */
public enum LogLevel {
  /** Nothing. */
  OFF,
  /** What an operator should look into. */
  WARN,
  /** In addition, one line for each step of a run. */
  INFO,
  /** In addition, lines for each file and each attempt. */
  DEBUG;

  /** The environment variable. */
  public static final String VARIABLE = Setting.VARIABLE_PREFIX + "LOG";

  /**
   * Reads the variable.
   *
   * @param environment the environment's variables
   * @return the level, {@link #OFF} when nothing is set; empty when the value is no level
   */
  public static Optional<LogLevel> of(Map<String, String> environment) {
    String text = environment.getOrDefault(VARIABLE, "");
    return text.isEmpty()
        ? Optional.of(OFF)
        : Arrays.stream(values())
            .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(text))
            .findFirst();
  }

  /** Refuses a value that is no level. */
  static void require(Map<String, String> environment) throws RunException {
    if (of(environment).isEmpty()) {
      throw new RunException(
          RunException.Kind.USAGE,
          "environment variable " + VARIABLE + ": "
              + Refusals.shown(environment.get(VARIABLE)).orElse("the value")
              + " is not a log level; use off, warn, info or debug");
    }
  }
}
