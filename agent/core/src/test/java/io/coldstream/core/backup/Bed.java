package io.coldstream.core.backup;

import io.coldstream.core.backup.capture.CaptureSettings;
import io.coldstream.core.backup.capture.CaptureStep;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.state.Hints;
import io.coldstream.core.support.work.Workers;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.MemoryStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Runs backups in a test: everything around a run has a default that can be replaced. */
final class Bed implements AutoCloseable {

  static final String URL = "memory:test";
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static final AtomicInteger SEED = new AtomicInteger();

  final MemoryStore memory = new MemoryStore();
  final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
  Hints hints = Hints.NONE;
  Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  DatabaseFiles files = new LocalDatabaseFiles();
  BackupRequest request = BackupRequest.of(URL);
  Agent agent = new Agent("host", "test");
  RunListener listener = events::add;
  int mostPins = 100;

  private final ExecutorService pool = Executors.newFixedThreadPool(4);

  BackupReport backUp(Path database) throws RunException {
    return backUp(database, memory);
  }

  BackupReport backUp(Path database, ObjectStore store) throws RunException {
    return BackupRun.run(request, parts(database, store));
  }

  BackupParts parts(Path database, ObjectStore store) {
    CaptureSettings settings = CaptureSettings.of(DatabaseFolders.of(database, Optional.empty()))
        .withMostPins(mostPins)
        .withMinFreeBytes(0);
    CaptureStep capture =
        new CaptureStep(files, () -> Long.MAX_VALUE, attempt -> {}, settings, events::add);
    return new BackupParts(
        store,
        capture,
        new Workers(pool, 4),
        hints,
        listener,
        clock,
        new Random(SEED.incrementAndGet()),
        agent);
  }

  Bed with(BackupRequest changed) {
    request = changed;
    return this;
  }

  Repository repository() throws RunException {
    return new RepositoryLocation(memory, URL).open();
  }

  Manifest manifest(long sequence) throws RunException {
    return repository().manifest(sequence);
  }

  /** The warnings so far that contain a text. */
  List<String> warnings(String text) {
    return List.copyOf(events).stream()
        .filter(RunEvent.Warning.class::isInstance)
        .map(event -> ((RunEvent.Warning) event).text())
        .filter(warning -> warning.contains(text))
        .toList();
  }

  /** Names under a folder. */
  List<String> names(String folder) {
    return memory.names().stream()
        .map(ObjectName::value)
        .filter(name -> name.startsWith(folder))
        .toList();
  }

  static BackupRequest labelled(BackupRequest o, String label) {
    return new BackupRequest(
        o.url(),
        Optional.of(label),
        o.withoutIndex(),
        o.dryRun(),
        o.recheck(),
        o.resend(),
        o.newLineage(),
        o.maxElectionLossBytes());
  }

  /** A run that compares everything. */
  static BackupRequest recheck(BackupRequest o) {
    return new BackupRequest(
        o.url(),
        o.label(),
        o.withoutIndex(),
        o.dryRun(),
        true,
        o.resend(),
        o.newLineage(),
        o.maxElectionLossBytes());
  }

  static BackupRequest resend(BackupRequest o, String... objects) {
    Set<ObjectName> names = Arrays.stream(objects).map(ObjectName::new).collect(Collectors.toSet());
    return new BackupRequest(
        o.url(),
        o.label(),
        o.withoutIndex(),
        o.dryRun(),
        o.recheck(),
        names,
        o.newLineage(),
        o.maxElectionLossBytes());
  }

  static BackupRequest dryRun(BackupRequest o) {
    return new BackupRequest(
        o.url(),
        o.label(),
        o.withoutIndex(),
        true,
        o.recheck(),
        o.resend(),
        o.newLineage(),
        o.maxElectionLossBytes());
  }

  static BackupRequest lineage(BackupRequest o, boolean newLineage, long maxElectionLossBytes) {
    return new BackupRequest(
        o.url(),
        o.label(),
        o.withoutIndex(),
        o.dryRun(),
        o.recheck(),
        o.resend(),
        newLineage,
        maxElectionLossBytes);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
