package io.coldstream.core.copy;

import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.Replacements;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.PutProgress;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.util.Optional;

/**
 * Copies single objects, and compares each with its SHA-256 before it becomes visible. Thread-safe.
 */
final class ObjectCopy {

  private final ObjectReader source;
  private final Replacements replacements;
  private final ObjectStore target;
  private final CopyTally tally;
  private final RunListener listener;

  ObjectCopy(Repository source, ObjectStore target, CopyTally tally, RunListener listener) {
    this.source = new ObjectReader(source.store());
    // Any backup may have another copy: all manifests are read when the first object is damaged.
    this.replacements = new Replacements(source, 0);
    this.target = target;
    this.tally = tally;
    this.listener = listener;
  }

  /**
   * Copies an object. If it is damaged, a copy that a later backup has sent again takes its place.
   *
   * @return what is wrong with it; empty when it is at the target
   * @throws RunException what the failure of a store means
   */
  Optional<ObjectFault> copy(StoredBytes stored) throws RunException {
    Optional<ObjectFault> fault = copy(stored, stored);
    if (fault.isEmpty()) {
      return fault;
    }
    for (StoredBytes other : Side.SOURCE.call(() -> replacements.of(stored))) {
      if (copy(stored, other).isEmpty()) {
        listener.on(new RunEvent.Warning(
            fault.get().getMessage() + "; its content was copied from " + other.object()));
        return Optional.empty();
      }
    }
    return fault;
  }

  private Optional<ObjectFault> copy(StoredBytes stored, StoredBytes from) throws RunException {
    PutProgress progress = new PutProgress(stored.object().value(), stored.lengthBytes(), listener);
    try {
      target.put(new PutRequest(
          stored.object(),
          new StoredSource(source, from, progress::add),
          Group.of(stored.object()).placement(stored.object()),
          progress));
    } catch (StoreException e) {
      return refused(stored, e);
    }
    tally.sent(stored.lengthBytes());
    progress.done().ifPresent(resumed -> {
      tally.resumed(resumed.partsThere());
      listener.on(resumed);
    });
    listener.on(new RunEvent.FileDone(stored.object().value(), stored.lengthBytes()));
    return Optional.empty();
  }

  /** An object that is there by now counts as copied: its name holds a digest, or its only run. */
  private static Optional<ObjectFault> refused(StoredBytes stored, StoreException e)
      throws RunException {
    return switch (e.kind()) {
      case ALREADY_EXISTS -> Optional.empty();
      case SOURCE_UNREADABLE, UNAVAILABLE -> Optional.of(ofSource(e));
      case CORRUPT ->
        throw new RunException(
            Kind.REPOSITORY_DAMAGED,
            e.getMessage() + "; the object of that name at the target may be damaged: delete "
                + stored.object() + " there, then run this again",
            e);
      case NOT_FOUND, ACCESS_DENIED, LOCKED, REJECTED -> throw Side.TARGET.of(e);
    };
  }

  /** The failure of the source may have passed through a store and its decorators. */
  private static ObjectFault ofSource(StoreException failure) throws RunException {
    StoreException last = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ObjectFault fault) {
        return fault;
      }
      if (cause instanceof StoreException store) {
        last = store;
      }
    }
    if (failure.kind() == StoreException.Kind.UNAVAILABLE) {
      throw Side.TARGET.of(failure);
    }
    throw last == failure
        ? new RunException(Kind.INTERNAL, failure.getMessage(), failure)
        : Side.SOURCE.of(last);
  }
}
