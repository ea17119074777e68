package io.coldstream.core.backup;

import io.coldstream.core.event.RunEvent;
import io.coldstream.core.event.RunListener;
import io.coldstream.core.failure.RunException;
import io.coldstream.core.manifest.Manifest;
import io.coldstream.core.plan.NewestBackup;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** The repository that a run writes to: found, or made when the first capture is proved. */
final class BackupPlace {

  private final BackupOptions options;
  private final BackupParts parts;
  private final RunListener listener;
  private Optional<Repository> repository;
  private boolean made;
  private long highestSeen;

  BackupPlace(BackupOptions options, BackupParts parts, RunListener listener) throws RunException {
    this.options = options;
    this.parts = parts;
    this.listener = listener;
    this.repository = Repository.find(parts.store(), options.url());
  }

  /** The newest backup as it is now. */
  Optional<NewestBackup> newest() throws RunException {
    Optional<Long> sequence = newestSequence();
    while (sequence.isPresent()) {
      Optional<NewestBackup> backup = read(sequence.get());
      if (backup.isPresent()) {
        return backup;
      }
      sequence = newestSequence();
    }
    return Optional.empty();
  }

  /** A backup; empty when it was deleted since it was listed. */
  private Optional<NewestBackup> read(long sequence) throws RunException {
    Repository there = repository.orElseThrow();
    boolean mend = options.recheck() || !options.resend().isEmpty();
    try {
      return Optional.of(new NewestBackup(there, there.manifest(sequence), mend));
    } catch (RunException e) {
      if (e.kind() == RunException.Kind.USAGE && !there.sequences(sequence).contains(sequence)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Its number, by a listing. */
  private Optional<Long> newestSequence() throws RunException {
    if (repository.isEmpty()) {
      return Optional.empty();
    }
    Repository there = repository.get();
    Optional<Long> newest =
        there.newest(Math.max(highestSeen, parts.hints().newest(there.info().id())));
    highestSeen = Math.max(highestSeen, newest.orElse(0L));
    return newest;
  }

  /**
   * The number of the next backup: above every one that was ever seen, since a number is never used
   * twice.
   */
  long nextSequence() {
    return highestSeen + 1;
  }

  /** Whether the newest backup is still the one that was planned against. */
  boolean isStill(Optional<NewestBackup> newest) throws RunException {
    return newestSequence().equals(newest.map(backup -> backup.manifest().sequence()));
  }

  /** The repository, made for a database when there is none yet; empty when a dry run finds none. */
  Optional<Repository> forDatabase(UUID databaseId) throws RunException {
    if (repository.isEmpty() && !options.dryRun()) {
      RepositoryInfo info =
          new RepositoryInfo(RandomId.next(parts.random()), parts.clock().instant(), databaseId);
      Repository there = Repository.create(parts.store(), options.url(), info);
      made = there.info().equals(info);
      repository = Optional.of(there);
    }
    if (made) {
      listener.on(new RunEvent.Warning("made a NEW repository at " + options.url()
          + ": there was none. If you expected" + " earlier backups there, the URL is mistyped"));
    }
    return repository;
  }

  /** Whether this run made the repository. */
  boolean isMade() {
    return made;
  }

  /** Remembers where the next run's listing may begin. */
  void remember(Manifest committed) {
    highestSeen = committed.sequence();
    try {
      parts.hints().remember(committed.repositoryId(), committed.sequence());
    } catch (IOException e) {
      listener.on(new RunEvent.Warning(
          "the state folder cannot be written, which only makes the next run list more: "
              + e.getMessage()));
    }
  }
}
