package io.coldstream.core.backup;

import io.coldstream.core.backup.capture.CaptureSettings;
import io.coldstream.core.backup.capture.CaptureStep;
import io.coldstream.core.repository.Repository;
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
  BackupOptions options = BackupOptions.of(URL, "host", "test");
  RunListener listener = events::add;
  int mostPins = 100;

  private final ExecutorService pool = Executors.newFixedThreadPool(4);

  BackupReport backUp(Path database) throws RunException {
    return backUp(database, memory);
  }

  BackupReport backUp(Path database, ObjectStore store) throws RunException {
    return BackupRun.run(options, parts(database, store));
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
        attempt -> {},
        listener,
        clock,
        new Random(SEED.incrementAndGet()));
  }

  Bed with(BackupOptions changed) {
    options = changed;
    return this;
  }

  Repository repository() throws RunException {
    return Repository.open(memory, URL);
  }

  Manifest manifest(long sequence) throws RunException {
    return repository().manifest(sequence);
  }

  /** Names under a folder. */
  List<String> names(String folder) {
    return memory.names().stream()
        .map(ObjectName::value)
        .filter(name -> name.startsWith(folder))
        .toList();
  }

  static BackupOptions labelled(BackupOptions o, String host, String label) {
    return new BackupOptions(
        o.url(),
        host,
        o.agentVersion(),
        o.serverVersion(),
        Optional.of(label),
        o.dryRun(),
        o.recheck(),
        o.resend(),
        o.newLineage(),
        o.maxElectionLossBytes());
  }

  /** A run that compares everything. */
  static BackupOptions recheck(BackupOptions o) {
    return new BackupOptions(
        o.url(),
        o.host(),
        o.agentVersion(),
        o.serverVersion(),
        o.label(),
        o.dryRun(),
        true,
        o.resend(),
        o.newLineage(),
        o.maxElectionLossBytes());
  }

  static BackupOptions resend(BackupOptions o, String... objects) {
    Set<ObjectName> names = Arrays.stream(objects).map(ObjectName::new).collect(Collectors.toSet());
    return new BackupOptions(
        o.url(),
        o.host(),
        o.agentVersion(),
        o.serverVersion(),
        o.label(),
        o.dryRun(),
        o.recheck(),
        names,
        o.newLineage(),
        o.maxElectionLossBytes());
  }

  static BackupOptions dryRun(BackupOptions o) {
    return new BackupOptions(
        o.url(),
        o.host(),
        o.agentVersion(),
        o.serverVersion(),
        o.label(),
        true,
        o.recheck(),
        o.resend(),
        o.newLineage(),
        o.maxElectionLossBytes());
  }

  static BackupOptions lineage(BackupOptions o, boolean newLineage, long maxElectionLossBytes) {
    return new BackupOptions(
        o.url(),
        o.host(),
        o.agentVersion(),
        o.serverVersion(),
        o.label(),
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
