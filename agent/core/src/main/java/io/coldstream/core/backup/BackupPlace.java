package io.coldstream.core.backup;

import io.coldstream.core.backup.plan.NewestBackup;
import io.coldstream.core.repository.Condemned;
import io.coldstream.core.repository.ManifestNumbers;
import io.coldstream.core.repository.NoBackup;
import io.coldstream.core.repository.RandomId;
import io.coldstream.core.repository.Repair;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryInfo;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.state.Hints;
import io.coldstream.store.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The repository that a run writes to. If there is none, it is created after the first capture has
 * been validated.
 */
final class BackupPlace {

  private static final int MAX_LISTINGS = 5;

  /** A hint that is further ahead than this, which is years of backups, is ignored. */
  private static final long MAX_DELETED = 1_000_000;

  private final BackupRequest request;
  private final RepositoryLocation location;
  private final Hints hints;
  private final Clock clock;
  private final RandomGenerator random;
  private final RunListener listener;
  private final Condemned condemned = new Condemned();
  private Optional<Repository> repository;
  private boolean made;
  private boolean looked;
  private long highestSeen;

  BackupPlace(
      BackupRequest request,
      ObjectStore store,
      Hints hints,
      Clock clock,
      RandomGenerator random,
      RunListener listener)
      throws RunException {
    this.request = request;
    this.location = new RepositoryLocation(store, request.url());
    this.hints = hints;
    this.clock = clock;
    this.random = random;
    this.listener = listener;
    this.repository = location.find();
    if (repository.isEmpty() && !request.resend().isEmpty()) {
      throw new RunException(
          RunException.Kind.USAGE,
          request.url() + ": there is no repository here, so nothing can be uploaded again; check"
              + " the URL");
    }
  }

  /** The repository, where there is one. */
  Optional<Repository> repository() {
    return repository;
  }

  /**
   * The newest backup as it is now. If it is deleted between listing and reading, it lists again.
   */
  Optional<NewestBackup> newest() throws RunException {
    for (int i = 0; i < MAX_LISTINGS; i++) {
      Optional<Long> sequence = newestSequence();
      if (sequence.isEmpty()) {
        warnOfLoss();
        return Optional.empty();
      }
      Optional<NewestBackup> newest = read(sequence.get());
      if (newest.isPresent()) {
        return newest;
      }
    }
    throw new RunException(
        RunException.Kind.STORE_UNAVAILABLE,
        request.url() + ": the newest backup is listed, but cannot be found when it is read, "
            + MAX_LISTINGS + " times in a row. Another process may be deleting backups; run this"
            + " again later");
  }

  /** Warns once, before this run has uploaded anything itself. */
  private void warnOfLoss() throws RunException {
    if (repository.isPresent() && !made && !looked) {
      RunException none = NoBackup.found(repository.get());
      if (none.kind() == RunException.Kind.REPOSITORY_DAMAGED) {
        listener.on(new RunEvent.Warning(none.getMessage() + ". This backup gets number "
            + nextSequence() + ", which a deleted backup may have had"));
      }
    }
    looked = true;
  }

  private Optional<NewestBackup> read(long sequence) throws RunException {
    Repository there = repository.orElseThrow();
    boolean tolerateDamage = request.recheck() || !request.resend().isEmpty();
    try {
      return there
          .findManifest(sequence)
          .map(manifest -> new NewestBackup(there, manifest, tolerateDamage));
    } catch (RunException e) {
      throw e.kind() == RunException.Kind.REPOSITORY_DAMAGED ? unusable(e, sequence) : e;
    }
  }

  /** Its content decides whether this node may continue it. Without it no backup is made. */
  private RunException unusable(RunException failure, long sequence) {
    String advice = Repair.ofManifest(failure, sequence);
    return new RunException(
        failure.kind(),
        request.url() + ": backup " + sequence
            + ", which the next backup has to continue, cannot be read; nothing was uploaded: "
            + failure.getMessage() + advice
            + (advice.isEmpty() ? "" : ". The next backup then continues the one before it"),
        failure);
  }

  /** The number of the newest backup, from a listing. */
  private Optional<Long> newestSequence() throws RunException {
    if (repository.isEmpty()) {
      return Optional.empty();
    }
    Repository there = repository.get();
    long hint = hints.newest(there.info().id());
    ManifestNumbers numbers = there.numbers(Math.max(highestSeen, hint));
    condemned.update(there, numbers.condemnations());
    highestSeen = Math.max(highestSeen, numbers.highest());
    if (hint - highestSeen <= MAX_DELETED) {
      highestSeen = Math.max(highestSeen, hint);
    }
    return numbers.newest();
  }

  /**
   * The number of the next backup: above every one that this run or, by its hint, this machine ever
   * saw, since a number is never used twice.
   */
  long nextSequence() {
    return highestSeen + 1;
  }

  /** Whether the newest backup is still the one that was planned against. */
  boolean isStill(Optional<NewestBackup> newest) throws RunException {
    return newestSequence().equals(newest.map(backup -> backup.manifest().sequence()));
  }

  /** What prunes remove, as of the last listing of the backups. */
  Condemned condemned() {
    return condemned;
  }

  /** The repository; created for this database when there is none yet. */
  Repository forDatabase(UUID databaseId) throws RunException {
    if (repository.isEmpty()) {
      RepositoryInfo info = new RepositoryInfo(RandomId.next(random), clock.instant(), databaseId);
      Repository there = location.create(info);
      made = there.info().equals(info);
      repository = Optional.of(there);
    }
    if (made) {
      listener.on(new RunEvent.Warning("created a NEW repository at " + request.url()
          + ", because there was none. If you expected earlier backups there, check the URL"));
    }
    return repository.get();
  }

  /** Whether this run created the repository. */
  boolean isCreated() {
    return made;
  }

  /** Remembers where the next run's listing may begin. */
  void remember(Manifest committed) {
    highestSeen = committed.sequence();
    try {
      hints.remember(committed.repositoryId(), committed.sequence());
    } catch (IOException e) {
      listener.on(new RunEvent.Warning(
          "the state folder cannot be written, so the next run lists more objects: "
              + e.getMessage()));
    }
  }
}
