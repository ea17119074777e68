package io.coldstream.core.lock;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.LockSettings;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.HandClock;
import io.coldstream.store.testkit.MemoryStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A database that grows, a store that enforces locks by a clock of its own, and runs that lock: each
 * is a process of its own, which knows nothing but what is on the store.
 */
final class LockBed {

  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  final HandClock clock = new HandClock(BEGIN);
  final MemoryStore memory = new MemoryStore(MemoryStore.FULL_PAGE, clock);
  final CountingStore counting = new CountingStore(memory);
  final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
  final LockSettings settings;
  UnaryOperator<ObjectStore> through = store -> store;
  private final TestRepository repository = TestRepository.in(memory);
  private final Path folder;
  private final WriterModel model;
  private int states;

  LockBed(Path folder, Duration period, Duration margin) {
    this.folder = folder;
    this.settings = new LockSettings(period, margin, LockSettings.Mode.GOVERNANCE);
    this.model = new WriterModel(WriterModel.Settings.of(Profile.V24_10, 5).steady());
  }

  /** Lets the database grow. */
  Path grown() throws Exception {
    model.run(200);
    Path state = folder.resolve("state" + ++states);
    model.snapshot().writeTo(state);
    return state;
  }

  /** A backup and what follows it, in one process. */
  LockReport backUp(Path database) throws RunException {
    LockingStore store = store();
    repository.backUp(database, store);
    return LockRun.run(TestRepository.open(store), store, workers(), events::add, false);
  }

  /** A backup without locks. */
  Manifest backUpUnlocked(Path database) throws RunException {
    return repository.backUp(database);
  }

  /** The command. */
  LockReport lock(boolean all) throws RunException {
    LockingStore store = store();
    return LockRun.run(TestRepository.open(store), store, workers(), events::add, all);
  }

  private LockingStore store() {
    return new LockingStore(through.apply(counting), settings, clock);
  }

  private static Workers workers() {
    return new Workers(Runnable::run, 1);
  }

  Repository open() throws RunException {
    return TestRepository.open(memory);
  }

  /** What a backup needs. */
  List<ObjectName> needs(long sequence) throws RunException {
    return new NeededObjects(open()).of(open().manifest(sequence));
  }

  Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    return memory.lockedUntil(name);
  }

  int extensions() {
    return counting.count(Verb.EXTEND);
  }

  List<String> warnings() {
    return List.copyOf(events).stream()
        .filter(RunEvent.Warning.class::isInstance)
        .map(event -> ((RunEvent.Warning) event).text())
        .toList();
  }
}
