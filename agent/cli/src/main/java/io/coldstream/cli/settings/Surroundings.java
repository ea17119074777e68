package io.coldstream.cli.settings;

import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The environment of a command: variables, folders, streams and clock. A test gives its own.
 *
 * @param environment the environment's variables
 * @param home the user's home folder
 * @param defaultConfigFile read when it exists and no other is named
 * @param out results
 * @param err progress, warnings and errors
 * @param terminal which of both is watched by a person on a terminal, and how wide that is
 * @param clock the time, and the machine's time zone
 */
public record Surroundings(
    Map<String, String> environment,
    Path home,
    Path defaultConfigFile,
    ResultStream out,
    PrintStream err,
    Terminal terminal,
    Clock clock) {

  /** Where packages and administrators put a service's configuration. */
  public static final Path DEFAULT_CONFIG_FILE = Path.of("/etc/coldstream/coldstream.yaml");

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /**
   * The same without what configures a repository or a database.
   *
   * @return surroundings in which only the way of talking is configured
   */
  public Surroundings unconfigured() {
    Map<String, String> rest = new HashMap<>(environment);
    Set<String> kept =
        Set.of(Setting.JSON.variable(), Setting.QUIET.variable(), Setting.VERBOSE.variable());
    rest.keySet()
        .removeIf(name -> name.startsWith(Setting.VARIABLE_PREFIX) && !kept.contains(name));
    Path nowhere = Path.of("/nonexistent/coldstream.yaml");
    return new Surroundings(rest, home, nowhere, out, err, terminal, clock);
  }

  /** {@return this process's own} */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        home(System.getProperty("user.home"), System.getenv().getOrDefault("HOME", "")),
        DEFAULT_CONFIG_FILE,
        ResultStream.ofProcess(),
        System.err,
        Terminal.ofProcess(System.getenv()),
        Clock.systemDefaultZone());
  }

  /**
   * The home folder. Java says {@code ?} for a user without an entry in the system's list, as
   * containers run them; taken as a path, it would be a folder in the current directory.
   */
  static Path home(String ofJava, String ofEnvironment) {
    Path root = Path.of("/");
    try {
      return root.resolve(ofJava.startsWith("/") ? ofJava : ofEnvironment).normalize();
    } catch (InvalidPathException e) {
      // Not nameable in this locale; --state, if need be, says where else.
      return root;
    }
  }
}
