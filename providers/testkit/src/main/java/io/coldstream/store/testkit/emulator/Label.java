package io.coldstream.store.testkit.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * An emulator as the table names it.
 *
 * @param name its name
 * @param version its version; {@code -} if it tells none, {@code absent} if it is not to be had
 */
record Label(String name, String version) {

  static final String NONE = "-";
  static final String ABSENT = "absent";

  static Label of(Emulator emulator) {
    String artifact = emulator.artifact();
    return new Label(emulator.value(), artifact.isEmpty() ? NONE : versionOf(artifact));
  }

  static Label of(NeedsEmulator needed, Optional<String> found) {
    String version = found.orElse(ABSENT);
    return new Label(needed.value(), version.isEmpty() ? NONE : version);
  }

  /** Maven leaves this file in each jar that it makes. */
  private static String versionOf(String artifact) {
    String file = "META-INF/maven/" + artifact.replace(':', '/') + "/pom.properties";
    try (InputStream in = Label.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("not on the class path: " + artifact);
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
