package io.coldstream.cli.compose;

import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.store.ObjectName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A backup as it was asked for.
 *
 * @param folders the database
 * @param label a name for people
 * @param withoutIndex whether the index is left out
 * @param minFreeBytes room that the database's disk must keep
 * @param maxElectionLossBytes how much of the newest backup an election may have discarded
 * @param state folder of the hints; need not exist
 * @param dryRun whether to stop at the plan
 * @param recheck whether presence and length of every object are looked up
 * @param resend objects to be sent once more
 * @param newLineage whether a fork is accepted
 */
public record BackupRequest(
    DatabaseFolders folders,
    Optional<String> label,
    boolean withoutIndex,
    long minFreeBytes,
    long maxElectionLossBytes,
    Path state,
    boolean dryRun,
    boolean recheck,
    Set<ObjectName> resend,
    boolean newLineage) {

  /** Copies the set. */
  public BackupRequest {
    resend = Set.copyOf(resend);
  }
}
