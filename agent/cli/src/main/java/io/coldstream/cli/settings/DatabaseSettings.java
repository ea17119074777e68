package io.coldstream.cli.settings;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the database is.
 *
 * @param directory the database's directory
 * @param index the index's directory, if it lies elsewhere
 * @param node the node that runs on it
 */
public record DatabaseSettings(Optional<Path> directory, Optional<Path> index, NodeSettings node) {

  /**
   * The directory, for a command that needs one.
   *
   * @return the database's directory
   * @throws RunException {@link Kind#USAGE} when it is not set; the message says how
   */
  public Path requiredDirectory() throws RunException {
    return directory.orElseThrow(() -> Settings.missing(Setting.DB));
  }

  /** {@return whether it is known which database is meant, from here or from the node} */
  public boolean isSet() {
    return directory.isPresent() || node.address().isPresent();
  }
}
