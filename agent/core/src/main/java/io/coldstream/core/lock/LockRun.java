package io.coldstream.core.lock;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Extends the locks of what the kept backups need, as far as they end within the margin. Used once, by
 * one thread.
 *
 * <p>No lock is asked for. What is known of the end of an object's lock is what this process has set,
 * and what was noted of a backup that needs the object: the newest one whose locks are not due, and
 * those that this run has dealt with. An object of which nothing is known is extended.
 *
 * <p>A lock that the store refuses to extend is counted and reported, and keeps no other from being
 * extended.
 */
public final class LockRun {

  private final Repository repository;
  private final LockingStore store;
  private final Workers workers;
  private final RunListener listener;
  private final boolean all;
  private final Instant now;
  private final NeededObjects needs;
  private final Map<ObjectName, Instant> known;
  private final Map<ObjectName, LockRefusal> refusals = new TreeMap<>();
  private long extended;

  private LockRun(
      Repository repository,
      LockingStore store,
      Workers workers,
      RunListener listener,
      boolean all) {
    this.repository = repository;
    this.store = store;
    this.workers = workers;
    this.listener = listener;
    this.all = all;
    this.now = store.now();
    this.needs = new NeededObjects(repository);
    this.known = new HashMap<>(all ? Map.of() : store.locked());
  }

  /**
   * Runs.
   *
   * @param repository the repository, opened on the store
   * @param store tells how to lock
   * @param workers extend locks, several at once
   * @param listener receives the progress
   * @param all whether every lock is extended, whenever it ends and whatever was noted
   * @return what was done, also when some locks were refused
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when it is not known what a backup needs,
   *     {@link Kind#INTERRUPTED} when the run was told to stop; {@link Kind#STORE_UNAVAILABLE}
   */
  public static LockReport run(
      Repository repository, LockingStore store, Workers workers, RunListener listener, boolean all)
      throws RunException {
    try {
      return new LockRun(repository, store, workers, listener, all).run();
    } catch (StoreException e) {
      throw RunException.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(
          Kind.INTERRUPTED, "stopped before all locks were extended; the next run continues", e);
    }
  }

  private LockReport run() throws RunException, StoreException, InterruptedException {
    listener.on(new RunEvent.StepStarted(Step.LOCK));
    List<Long> kept = new ArrayList<>(repository.sequences(0));
    kept.sort((a, b) -> Long.compare(b, a));
    Map<Long, Instant> ends = new TreeMap<>(StoredLocks.of(repository).ends());
    ends.keySet().retainAll(kept);
    List<Long> due = kept.stream().filter(sequence -> isDue(ends.get(sequence))).toList();
    if (!due.isEmpty()) {
      warnOfLapsed(due, ends);
      learn(kept, due, ends);
    }
    for (long sequence : due) {
      Optional<Manifest> manifest = repository.findManifest(sequence);
      if (manifest.isPresent()) {
        extend(manifest.get(), ends);
      } else {
        // Removed since it was listed.
        kept.remove(sequence);
        ends.remove(sequence);
      }
    }
    return new LockReport(
        ends,
        kept.size(),
        due.size(),
        extended,
        List.copyOf(refusals.values()),
        Duration.between(now, store.now()));
  }

  private boolean isDue(Instant end) {
    return all || end == null || store.settings().isDue(end, now);
  }

  private void warnOfLapsed(List<Long> due, Map<Long, Instant> ends) {
    List<Long> lapsed = due.stream()
        .filter(sequence -> ends.containsKey(sequence) && ends.get(sequence).isBefore(now))
        .toList();
    if (!lapsed.isEmpty()) {
      listener.on(new RunEvent.Warning("locks ended before they were extended: those of "
          + lapsed.size() + " backups, the newest of them " + lapsed.get(0) + ", on "
          + ends.get(lapsed.get(0)) + "; extend locks more often than every "
          + store.settings().margin().toHours() + " hours, the setting lock-margin"));
    }
  }

  /** The newest backup with locks that are not due tells of most objects. */
  private void learn(List<Long> kept, List<Long> due, Map<Long, Instant> ends) throws RunException {
    for (long sequence : kept) {
      if (!due.contains(sequence)) {
        Optional<Manifest> manifest = repository.findManifest(sequence);
        if (manifest.isPresent()) {
          needs.of(manifest.get()).forEach(name -> know(name, ends.get(sequence)));
        }
        return;
      }
    }
  }

  private void know(ObjectName name, Instant end) {
    known.merge(name, end, (one, other) -> one.isAfter(other) ? one : other);
  }

  private void extend(Manifest manifest, Map<Long, Instant> ends)
      throws RunException, StoreException, InterruptedException {
    List<ObjectName> needed = needs.of(manifest);
    Instant until = store.settings().until(now);
    List<ObjectName> wanted = needed.stream()
        .filter(name -> !refusals.containsKey(name))
        .filter(name -> known.get(name) == null || store.settings().isDue(known.get(name), now))
        .toList();
    long before = extended;
    extendAll(wanted, until);
    if (needed.stream().noneMatch(refusals::containsKey)) {
      Instant end = needed.stream().map(known::get).min(Instant::compareTo).orElseThrow();
      note(manifest, end, needed.size(), extended - before, ends);
    }
  }

  private void note(
      Manifest manifest, Instant end, long objects, long count, Map<Long, Instant> ends)
      throws StoreException {
    Instant noted = ends.get(manifest.sequence());
    if (noted != null && !noted.isBefore(end)) {
      return;
    }
    StoredLocks.note(
        repository,
        new LockRecord(
            manifest.sequence(), repository.info().id(), store.now(), end, objects, count));
    ends.put(manifest.sequence(), end);
  }

  private void extendAll(List<ObjectName> names, Instant until)
      throws RunException, InterruptedException {
    List<Workers.Task<Optional<LockRefusal>>> tasks = new ArrayList<>();
    names.forEach(name -> tasks.add(() -> extend(name, until)));
    try {
      List<Optional<LockRefusal>> results = workers.all(tasks);
      for (int i = 0; i < results.size(); i++) {
        if (results.get(i).isPresent()) {
          refusals.put(names.get(i), results.get(i).get());
        } else {
          extended++;
          know(names.get(i), until);
        }
      }
    } catch (StoreException e) {
      throw RunException.of(e);
    } catch (IOException e) {
      throw new RunException(Kind.INTERNAL, "extending locks failed: " + e, e);
    }
  }

  private Optional<LockRefusal> extend(ObjectName name, Instant until) throws StoreException {
    try {
      store.extend(name, until);
      return Optional.empty();
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.UNAVAILABLE) {
        throw e;
      }
      return Optional.of(new LockRefusal(name, e));
    }
  }
}
