package io.coldstream.cli.compose;

import io.coldstream.core.node.NodeCredentials;
import io.coldstream.core.node.NodeFacts;
import io.coldstream.core.node.NodeOptions;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.files.DatabaseFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The folders of a node: what is set, or what the node says. A container mounts a folder under
 * another name, so a difference is only a warning.
 */
final class NodeFolders {

  private final NodeFacts node;
  private final Consumer<String> warnings;

  NodeFolders(NodeFacts node, Consumer<String> warnings) {
    this.node = node;
    this.warnings = warnings;
  }

  /**
   * Decides.
   *
   * @param directory the setting {@code db}
   * @param index the setting {@code index}
   * @return the folders
   * @throws RunException {@link Kind#USAGE} when they are not known or not here; {@link
   *     Kind#NO_ACCESS} when the node does not tell them
   */
  DatabaseFolders with(Optional<Path> directory, Optional<Path> index) throws RunException {
    Path database = directory.isPresent() ? directory.get() : told();
    Optional<String> toldDatabase = node.options().flatMap(NodeOptions::database);
    boolean same = toldDatabase.map(path -> isSame(database, path)).orElse(true);
    if (!same) {
      warn("--db is " + database + ", and the node " + node.address()
          + " has its data directory in " + toldDatabase.get()
          + "; that is right only if it is the same folder, mounted elsewhere");
    }
    return BackupSource.folders(database, index(index, same));
  }

  private Path told() throws RunException {
    if (node.options().isEmpty()) {
      throw new RunException(
          Kind.NO_ACCESS,
          "the node " + node.address() + " does not tell where its data directory is; set "
              + NodeCredentials.USER + " and " + NodeCredentials.PASSWORD
              + " to a member of $ops or $admins, or give --db");
    }
    String path = node.options()
        .flatMap(NodeOptions::database)
        .orElseThrow(() -> new RunException(
            Kind.USAGE, "the node " + node.address() + " names no data directory; give --db"));
    return here(path, "data directory", "--db");
  }

  private Path here(String text, String what, String option) throws RunException {
    Optional<Path> path = path(text);
    if (path.filter(Files::isDirectory).isEmpty()) {
      throw new RunException(
          Kind.USAGE,
          "the node " + node.address() + " has its " + what + " in " + text
              + ", which is no folder here; give " + option
              + " if it is mounted elsewhere, or run this on the node's machine");
    }
    return path.get();
  }

  private Optional<Path> index(Optional<Path> index, boolean same) throws RunException {
    Optional<String> told = node.options().flatMap(NodeOptions::index);
    if (told.isEmpty()) {
      return index;
    }
    if (index.isPresent()) {
      if (!isSame(index.get(), told.get())) {
        warn("--index is " + index.get() + ", and the node " + node.address()
            + " has its index in " + told.get()
            + "; that is right only if it is the same folder, mounted elsewhere");
      }
      return index;
    }
    if (same) {
      return Optional.of(here(told.get(), "index", "--index"));
    }
    warn("the node " + node.address() + " has its index in " + told.get()
        + ", which may be mounted elsewhere, too; give --index, or the index folder in --db is"
        + " backed up");
    return Optional.empty();
  }

  private static boolean isSame(Path here, String told) {
    Optional<Path> path = path(told);
    if (path.isEmpty()) {
      return false;
    }
    try {
      return here.toRealPath().equals(path.get().toRealPath());
    } catch (IOException e) {
      return here.normalize().equals(path.get().normalize());
    }
  }

  /** A relative path is relative to where the server was started, which is not known. */
  private static Optional<Path> path(String told) {
    try {
      return Optional.of(Path.of(told)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private void warn(String text) {
    warnings.accept(text);
  }
}
