package io.coldstream.cli.compose;

import io.coldstream.cli.settings.DatabaseSettings;
import io.coldstream.core.node.NodeAddress;
import io.coldstream.core.node.NodeCredentials;
import io.coldstream.core.node.NodeGate;
import io.coldstream.core.node.NodeStopped;
import io.coldstream.core.node.RunningNode;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.files.DatabaseFolders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a backup reads.
 *
 * @param folders the database
 * @param node the node that runs on it; empty when none is set, or it is stopped
 */
public record BackupSource(DatabaseFolders folders, Optional<RunningNode> node) {

  /**
   * Finds the database, and asks the node about it where one is set.
   *
   * @param settings where the database and the node are
   * @param environment has the credentials
   * @param listener receives warnings
   * @return the source
   * @throws RunException {@link Kind#USAGE} when the folders are not known; {@link
   *     Kind#SOURCE_REFUSED} when the node should not be backed up now; as {@link RunningNode#ask}
   *     says
   * @throws InterruptedException when this thread was interrupted
   */
  public static BackupSource find(
      DatabaseSettings settings, Map<String, String> environment, RunListener listener)
      throws RunException, InterruptedException {
    Optional<NodeAddress> address = settings.node().address();
    if (address.isEmpty()) {
      return new BackupSource(
          folders(settings.requiredDirectory(), settings.index()), Optional.empty());
    }
    NodeCredentials credentials = NodeCredentials.of(environment);
    credentials
        .warning(address.get())
        .ifPresent(text -> listener.on(new RunEvent.Warning(text)));
    try {
      RunningNode node = RunningNode.ask(address.get(), credentials);
      new NodeGate(settings.node().maxLagBytes()).require(node.facts());
      return new BackupSource(
          new NodeFolders(node.facts(), listener).with(settings.directory(), settings.index()),
          Optional.of(node));
    } catch (NodeStopped e) {
      return stopped(settings, e, listener);
    }
  }

  /** A stopped node's files can be backed up, and nobody should miss a backup because it is. */
  private static BackupSource stopped(
      DatabaseSettings settings, NodeStopped failure, RunListener listener) throws RunException {
    if (settings.directory().isEmpty()) {
      throw new RunException(
          Kind.STORE_UNAVAILABLE,
          failure.getMessage() + ". To back up a node that is stopped, give --db",
          failure);
    }
    listener.on(new RunEvent.Warning(failure.getMessage() + ". The files in "
        + settings.directory().get() + " are backed up as those of a stopped node"));
    return new BackupSource(
        folders(settings.directory().get(), settings.index()), Optional.empty());
  }

  static DatabaseFolders folders(Path database, Optional<Path> index) throws RunException {
    try {
      return DatabaseFolders.of(database, index);
    } catch (IllegalArgumentException e) {
      throw new RunException(Kind.USAGE, e.getMessage(), e);
    }
  }
}
