package io.coldstream.cli.compose;

import io.coldstream.core.repository.manifest.Manifest;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.List;
import java.util.Optional;

/** The version of this program, as its jar says. */
public final class AgentVersion {

  private static final String COMMIT = "Coldstream-Commit";

  private AgentVersion() {}

  /** {@return the version; {@code development} when it does not run from a jar} */
  public static String text() {
    String version = AgentVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** {@return version, commit, Java and repository format, for people and bug reports} */
  public static List<String> lines() {
    return List.of(
        "coldstream " + text() + ", "
            + commit().map(commit -> "commit " + commit).orElse("unknown commit"),
        "Java " + Runtime.version().feature() + " (" + System.getProperty("java.vm.version") + ", "
            + System.getProperty("java.vendor") + "), repository format " + Manifest.FORMAT);
  }

  /** The commit that was built; empty for a build from a tree without git, or that does not run from a jar. */
  private static Optional<String> commit() {
    URL self = AgentVersion.class.getResource("AgentVersion.class");
    try {
      return self.openConnection() instanceof JarURLConnection jar
          ? Optional.ofNullable(jar.getMainAttributes().getValue(COMMIT))
              .filter(commit -> commit.matches("[0-9a-f]+"))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
