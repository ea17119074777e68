package io.coldstream.core.drill.server;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The environment that the programs of a drill run in: this process's own, without what configures a
 * database server, and without the credentials for stores. So a server meets neither its old cluster
 * nor its archive.
 *
 * @param variables its variables
 */
public record ServerEnvironment(Map<String, String> variables) {

  private static final List<String> REMOVED =
      List.of("EVENTSTORE_", "KURRENTDB_", "COLDSTREAM_", "AWS_", "AZURE_", "GOOGLE_");

  /** Removes what a server must not see. */
  public ServerEnvironment {
    Map<String, String> kept = new TreeMap<>(variables);
    kept.keySet().removeIf(ServerEnvironment::isRemoved);
    variables = Map.copyOf(kept);
  }

  private static boolean isRemoved(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return REMOVED.stream().anyMatch(upper::startsWith);
  }

  /**
   * Finds a program.
   *
   * @param name its name, or a path
   * @return where it is; empty when there is none that can be run
   */
  public Optional<Path> find(String name) {
    List<String> folders = new ArrayList<>();
    if (name.contains("/")) {
      folders.add("");
    } else {
      folders.addAll(List.of(variables.getOrDefault("PATH", "").split(":")));
      folders.removeIf(String::isEmpty);
    }
    return folders.stream().flatMap(f -> program(f, name).stream()).findFirst();
  }

  private static Optional<Path> program(String folder, String name) {
    try {
      Path path = Path.of(folder, name);
      return Optional.of(path).filter(p -> Files.isRegularFile(p) && Files.isExecutable(p));
    } catch (InvalidPathException e) {
      return Optional.empty(); // not nameable in this locale
    }
  }
}
