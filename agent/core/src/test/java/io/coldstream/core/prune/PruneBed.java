package io.coldstream.core.prune;

import io.coldstream.core.backup.Agent;
import io.coldstream.core.backup.BackupParts;
import io.coldstream.core.backup.BackupReport;
import io.coldstream.core.backup.BackupRequest;
import io.coldstream.core.backup.BackupRun;
import io.coldstream.core.backup.capture.CaptureSettings;
import io.coldstream.core.backup.capture.CaptureStep;
import io.coldstream.core.prune.policy.Interval;
import io.coldstream.core.prune.policy.RetentionPolicy;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.state.Hints;
import io.coldstream.core.support.work.Workers;
import io.coldstream.core.verify.TestVerify;
import io.coldstream.core.verify.VerifyOptions;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A repository in a store whose clock a test sets, and a database that grows from day to day. */
final class PruneBed {

  static final String URL = "memory:prune";
  static final Duration GRACE = Duration.ofDays(7);
  static final Duration MORE_THAN_GRACE = Duration.ofDays(8);

  /** Keeps nothing but the newest backup. */
  static final RetentionPolicy LAST = last(1);

  final StoreClock clock = new StoreClock();
  final MemoryStore store = new MemoryStore(MemoryStore.FULL_PAGE, clock);
  private final Random random;
  private final Path days;

  /** A bed on days that were written before. */
  PruneBed(Path days, long seed) {
    this.days = days;
    this.random = new Random(seed);
  }

  /** Writes the database as it is on days 1 to 4. */
  static void write(Path days) throws Exception {
    WriterModel model =
        new WriterModel(WriterModel.Settings.of(Profile.V24_10, 5).steady());
    for (int day = 1; day <= 4; day++) {
      model.run(day == 1 ? 150 : 60);
      model.snapshot().writeTo(days.resolve("day" + day));
    }
  }

  static RetentionPolicy last(int count) {
    return new RetentionPolicy(Map.of(Interval.LAST, count), Optional.empty(), Set.of(), 1);
  }

  BackupReport backUp(int day) throws RunException {
    return backUp(day, store, false);
  }

  BackupReport backUp(int day, ObjectStore to, boolean withoutIndex) throws RunException {
    BackupRequest request = new BackupRequest(
        URL,
        Optional.empty(),
        withoutIndex,
        false,
        false,
        Set.of(),
        false,
        BackupRequest.DEFAULT_MAX_ELECTION_LOSS_BYTES);
    CaptureStep capture = new CaptureStep(
        new LocalDatabaseFiles(),
        () -> Long.MAX_VALUE,
        attempt -> {},
        CaptureSettings.of(DatabaseFolders.of(days.resolve("day" + day), Optional.empty()))
            .withMinFreeBytes(0),
        RunListener.NONE);
    return BackupRun.run(
        request,
        new BackupParts(
            to,
            capture,
            workers(),
            Hints.NONE,
            RunListener.NONE,
            clock,
            random,
            new Agent("host", "test")));
  }

  PruneReport prune(RetentionPolicy policy) throws RunException {
    return prune(policy, store);
  }

  PruneReport prune(RetentionPolicy policy, ObjectStore on) throws RunException {
    return run(new PruneRequest(policy, GRACE, true), on);
  }

  PruneReport plan(RetentionPolicy policy) throws RunException {
    return run(new PruneRequest(policy, GRACE, false), store);
  }

  PruneReport run(PruneRequest request, ObjectStore on) throws RunException {
    return PruneRun.run(
        request, new PruneParts(open(on), workers(), clock, random, RunListener.NONE));
  }

  static Repository open(ObjectStore store) throws RunException {
    return new RepositoryLocation(store, URL).open();
  }

  Repository open() throws RunException {
    return open(store);
  }

  private static Workers workers() {
    return new Workers(Runnable::run, 1);
  }

  /** Every byte of every backup is there and is what its manifest says. Stores no result. */
  void verify() throws RunException {
    MemoryStore copy = new MemoryStore();
    store.contents().forEach(copy::replace);
    new TestVerify().run(open(copy), VerifyOptions.data()).requireGood();
  }

  List<Long> backups() throws RunException {
    return open().sequences(0);
  }

  /** Names under a folder. */
  Set<ObjectName> names(String folder) {
    Set<ObjectName> names = new TreeSet<>(store.names());
    names.removeIf(name -> !name.value().startsWith(folder));
    return names;
  }

  /** What a store holds at a moment. */
  record State(Map<ObjectName, byte[]> objects, Map<ObjectName, Instant> times, Instant now) {}

  State state() throws Exception {
    Map<ObjectName, Instant> times = new TreeMap<>();
    ListPages.each(store, ObjectPrefix.ALL, ListCursor.START, page -> {
      times.putAll(page.times());
      return true;
    });
    return new State(store.contents(), times, clock.instant());
  }

  /** A bed whose store holds the same. */
  static PruneBed of(Path days, State state, long seed) {
    PruneBed bed = new PruneBed(days, seed);
    state.objects().forEach((name, bytes) -> {
      bed.clock.set(state.times().get(name));
      bed.store.replace(name, bytes);
    });
    bed.clock.set(state.now());
    return bed;
  }
}
