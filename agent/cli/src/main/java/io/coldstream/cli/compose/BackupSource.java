package io.coldstream.cli.compose;

import io.coldstream.cli.settings.DatabaseSettings;
import io.coldstream.cli.settings.NodeSettings;
import io.coldstream.cli.settings.Settings;
import io.coldstream.core.node.NodeAddress;
import io.coldstream.core.node.NodeCredentials;
import io.coldstream.core.node.NodeGate;
import io.coldstream.core.node.NodeStopped;
import io.coldstream.core.node.PausedNode;
import io.coldstream.core.node.PausedNotes;
import io.coldstream.core.node.RunningNode;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.files.DatabaseFolders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
   * @param settings where the database and the node are, and the state folder
   * @param dryRun whether nothing is to be paused
   * @param environment has the credentials
   * @param listener receives warnings
   * @return the source
   * @throws RunException {@link Kind#USAGE} when the folders are not known; {@link
   *     Kind#SOURCE_REFUSED} when the node should not be backed up now; as {@link RunningNode#ask}
   *     says
   * @throws InterruptedException when this thread was interrupted
   */
  public static BackupSource find(
      Settings settings, boolean dryRun, Map<String, String> environment, RunListener listener)
      throws RunException, InterruptedException {
    DatabaseSettings database = settings.database();
    Optional<NodeAddress> address = database.node().address();
    if (address.isEmpty()) {
      requireNode(database.node());
      return new BackupSource(
          folders(database.requiredDirectory(), database.index()), Optional.empty());
    }
    PausedNotes notes = new PausedNotes(new LocalDisk(), settings.state());
    NodeCredentials credentials = NodeCredentials.of(environment);
    Consumer<String> warnings = text -> listener.on(new RunEvent.Warning(text));
    credentials.warning(address.get()).ifPresent(warnings);
    try {
      RunningNode node = RunningNode.ask(address.get(), credentials, notes, warnings);
      resumeLeft(node);
      warnOfPaused(notes, warnings);
      new NodeGate(database.node().maxLagBytes()).require(node.facts());
      return new BackupSource(
          new NodeFolders(node.facts(), warnings).with(database.directory(), database.index()),
          Optional.of(database.node().quiet() && !dryRun ? node.keptQuiet() : node));
    } catch (NodeStopped e) {
      warnOfPaused(notes, warnings);
      return stopped(database, e, warnings);
    }
  }

  private static void requireNode(NodeSettings node) throws RunException {
    if (node.quiet()) {
      throw new RunException(
          Kind.USAGE, "setting \"quiet-node\" needs the address of the node; give --node URL");
    }
  }

  /** Another run that is at it will resume the node itself. */
  private static void resumeLeft(RunningNode node) throws RunException, InterruptedException {
    try {
      node.resumeLeft();
    } catch (RunException e) {
      if (e.kind() != Kind.CONFLICT) {
        throw e;
      }
    }
  }

  private static void warnOfPaused(PausedNotes notes, Consumer<String> warnings)
      throws RunException {
    for (PausedNode note : notes.abandoned()) {
      warnings.accept("an earlier run was cut off and left the node " + note.node()
          + " paused; when it runs, coldstream resume-node resumes it");
    }
  }

  /** A stopped node's files can be backed up, and nobody should miss a backup because it is. */
  private static BackupSource stopped(
      DatabaseSettings settings, NodeStopped failure, Consumer<String> warnings)
      throws RunException {
    if (settings.directory().isEmpty()) {
      throw new RunException(
          Kind.STORE_UNAVAILABLE,
          failure.getMessage() + ". To back up a node that is stopped, give --db",
          failure);
    }
    warnings.accept(failure.getMessage() + ". The files in "
        + settings.directory().get() + " are backed up as those of a stopped node");
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
