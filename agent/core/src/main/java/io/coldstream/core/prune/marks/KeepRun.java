package io.coldstream.core.prune.marks;

import io.coldstream.core.repository.Condemnation;
import io.coldstream.core.repository.Condemned;
import io.coldstream.core.repository.ManifestNumbers;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.time.Clock;
import java.util.Optional;

/** Marks a backup to be kept, or takes that back. */
public final class KeepRun {

  private final Repository repository;
  private final StoredMarks marks;
  private final String host;
  private final Clock clock;

  /**
   * A run.
   *
   * @param repository where the backup is
   * @param host the machine, for people
   * @param clock the time, for people
   */
  public KeepRun(Repository repository, String host, Clock clock) {
    this.repository = repository;
    this.marks = new StoredMarks(repository);
    this.host = host;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param mark the mark that counts now
   * @param changed false when the backup was marked so before
   */
  public record Marked(KeepMark mark, boolean changed) {}

  /**
   * Sets a mark.
   *
   * @param backup the backup's number
   * @param keep whether it is to be kept
   * @param reason why, in the user's words
   * @return what was done
   * @throws RunException {@link Kind#USAGE} when there is no such backup; {@link Kind#CONFLICT} when a
   *     prune has begun to remove it; what the store's failure means
   */
  public Marked set(long backup, boolean keep, Optional<String> reason) throws RunException {
    repository.manifest(backup);
    int last = marks.lastNumber(backup);
    Optional<KeepMark> before = readable(backup);
    boolean isKept = before.map(KeepMark::keep).orElse(false);
    if (before.isPresent() && isKept == keep && reason.isEmpty()) {
      return new Marked(before.get(), false);
    }
    if (!keep && last == 0) {
      throw new RunException(
          Kind.USAGE, repository.url() + ": backup " + backup + " has no mark to take back");
    }
    KeepMark mark =
        new KeepMark(repository.info().id(), backup, keep, clock.instant(), host, reason);
    for (int number = last + 1; number <= KeepMark.MAX_NUMBER; number++) {
      if (create(KeepMark.name(backup, number), mark)) {
        if (keep && !isKept) {
          requireNotRemoved(backup);
        }
        return new Marked(mark, true);
      }
    }
    throw new RunException(
        Kind.CONFLICT,
        repository.url() + ": backup " + backup + " was marked " + KeepMark.MAX_NUMBER
            + " times, which is the limit");
  }

  /** A damaged mark does not hinder a new one. */
  private Optional<KeepMark> readable(long backup) throws RunException {
    try {
      return marks.newest(backup);
    } catch (RunException e) {
      if (e.kind() == Kind.REPOSITORY_DAMAGED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean create(ObjectName name, KeepMark mark) throws RunException {
    try {
      repository.store().put(new PutRequest(name, Content.of(mark.bytes()), Placement.STANDARD));
      return true;
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.ALREADY_EXISTS) {
        return false;
      }
      throw RunException.of(e);
    }
  }

  /**
   * A prune writes what it removes before it looks for marks, and this looks for that after the mark is
   * stored: one of the two sees the other.
   */
  private void requireNotRemoved(long backup) throws RunException {
    ManifestNumbers numbers = repository.numbers(0);
    boolean removed = !numbers.backups().contains(backup);
    for (ObjectName document : numbers.condemnations()) {
      Optional<Condemnation> found = Condemned.find(repository, document);
      removed |= found.isPresent() && found.get().backups().contains(backup);
    }
    if (removed) {
      throw new RunException(
          Kind.CONFLICT,
          repository.url() + ": a prune was removing backup " + backup + " when it was marked. When"
              + " that prune has ended, coldstream list says whether the backup is still there; then"
              + " it is kept");
    }
  }
}
