package io.coldstream.store.cloud;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.SweepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Removes objects, and what unfinished uploads left behind. */
final class CloudRemoval {

  private final CloudDriver driver;
  private final Keys keys;
  private final DriverCalls calls;
  private final Clock clock;

  /**
   * Removes by a driver.
   *
   * @param clock tells the time where the store does not
   */
  CloudRemoval(CloudDriver driver, DriverCalls calls, Clock clock) {
    this.driver = driver;
    this.keys = driver.keys();
    this.calls = calls;
    this.clock = clock;
  }

  void delete(Collection<ObjectName> names) throws StoreException {
    List<ObjectName> all = List.copyOf(names);
    int batch = driver.traits().deleteBatch();
    Optional<StoreException> locked = Optional.empty();
    for (int from = 0; from < all.size(); from += batch) {
      List<ObjectName> next = all.subList(from, Math.min(from + batch, all.size()));
      String shown = keys.shown(next.get(0)) + " and " + (next.size() - 1) + " more";
      try {
        calls.call(Operation.DELETE, shown, () -> {
          driver.delete(next);
          return next;
        });
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.LOCKED) {
          throw e;
        }
        locked = locked.or(() -> Optional.of(e));
      }
    }
    if (locked.isPresent()) {
      throw locked.get();
    }
  }

  /**
   * Removes uploads that began longer ago than that, by the store's time: the store says
   * when an upload began, and a clock here that is days ahead would make every upload an old one.
   */
  SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    String shown = keys.shown() + prefix;
    UploadPages pages = new UploadPages(
        driver,
        calls,
        Operation.SWEEP,
        shown,
        new UploadQuery(keys.key(prefix), Optional.empty(), Optional.empty()));
    Optional<Instant> begunBefore = Optional.empty();
    int found = 0;
    int removed = 0;
    UploadPage page;
    do {
      page = pages.next();
      if (begunBefore.isEmpty()) {
        begunBefore = Optional.of(page.time().orElseGet(clock::instant).minus(olderThan));
      }
      for (Upload upload : page.uploads()) {
        UploadEnd end = ended(upload, begunBefore.get());
        found += end == UploadEnd.NONE ? 0 : 1;
        removed += end == UploadEnd.REMOVED ? 1 : 0;
      }
    } while (page.next().isPresent());
    return new SweepResult(found, removed);
  }

  /** Removes one upload when it is ours and old enough. */
  private UploadEnd ended(Upload upload, Instant begunBefore) throws StoreException {
    Optional<ObjectName> name = keys.name(upload.id().key());
    boolean old = upload.begun().filter(begun -> begun.isBefore(begunBefore)).isPresent();
    if (name.isEmpty() || !old) {
      return UploadEnd.NONE;
    }
    return calls.call(Operation.SWEEP, keys.shown(name.get()), () -> driver.end(upload.id()));
  }
}
