package io.coldstream.core.restore;

import io.coldstream.core.backup.Agent;
import io.coldstream.core.backup.BackupParts;
import io.coldstream.core.backup.BackupReport;
import io.coldstream.core.backup.BackupRequest;
import io.coldstream.core.backup.BackupRun;
import io.coldstream.core.backup.capture.CaptureSettings;
import io.coldstream.core.backup.capture.CaptureStep;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.repository.manifest.ChunkIdentity;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.ManifestFiles;
import io.coldstream.core.repository.manifest.ManifestJson;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.PageJson;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.state.Hints;
import io.coldstream.core.support.work.Workers;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A repository in memory with backups made by real runs, which tests can then make wrong in any way.
 */
public final class TestRepository {

  public static final String URL = "memory:test";

  /** How many checkpoints of a backup are read: five as captured and five ready-made. */
  public static final int CHECKPOINTS = 10;

  private static final AtomicInteger SEED = new AtomicInteger();

  private final MemoryStore store;
  private final Random random = new Random(SEED.incrementAndGet());
  private BackupRequest request = BackupRequest.of(URL);
  private long newest;

  public TestRepository() {
    this(new MemoryStore());
  }

  private TestRepository(MemoryStore store) {
    this.store = store;
  }

  /** What is in a store, or will be. */
  public static TestRepository in(MemoryStore store) {
    return new TestRepository(store);
  }

  /** A repository that holds one backup of a folder. */
  public static TestRepository of(Path database) throws RunException {
    TestRepository repository = new TestRepository();
    repository.backUp(database);
    return repository;
  }

  public MemoryStore store() {
    return store;
  }

  public Repository open() throws RunException {
    return open(store);
  }

  public static Repository open(ObjectStore store) throws RunException {
    return new RepositoryLocation(store, URL).open();
  }

  public long newest() {
    return newest;
  }

  /** Adds a backup, made by a real run. */
  public Manifest backUp(Path database) throws RunException {
    return backUp(database, store);
  }

  /** The same through a decorator of the store. */
  public Manifest backUp(Path database, ObjectStore through) throws RunException {
    CaptureStep capture = new CaptureStep(
        new LocalDatabaseFiles(),
        () -> Long.MAX_VALUE,
        attempt -> {},
        CaptureSettings.of(DatabaseFolders.of(database, Optional.empty())).withMinFreeBytes(0),
        RunListener.NONE);
    BackupReport report = BackupRun.run(
        request,
        new BackupParts(
            through,
            capture,
            new Workers(Runnable::run, 1),
            Hints.NONE,
            RunListener.NONE,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            random,
            new Agent("host", "test")));
    newest = report.committed().orElseThrow().sequence();
    return report.committed().orElseThrow();
  }

  /** The repository's own id. */
  public String id() throws RunException {
    return open().info().id();
  }

  /** Stores a manifest in the place of what is there, and the checkpoints that it speaks of. */
  public void put(Manifest manifest) {
    String folder = manifest.files().checkpointFolder();
    for (Checkpoint checkpoint : manifest.log().positions().captured()) {
      store.replace(new ObjectName(folder + checkpoint.name().fileName()), checkpoint.bytes());
    }
    for (Checkpoint checkpoint : manifest.log().positions().direct()) {
      store.replace(
          new ObjectName(folder + "direct/" + checkpoint.name().fileName()), checkpoint.bytes());
    }
    store.replace(Layout.manifest(manifest.sequence()), ManifestJson.write(manifest));
  }

  /** Changes one object's bytes. */
  public void alter(ObjectName name, UnaryOperator<byte[]> change) {
    store.replace(name, change.apply(store.contents().get(name).clone()));
  }

  public void flipBit(ObjectName name) {
    alter(name, bytes -> {
      bytes[bytes.length / 2] ^= 4;
      return bytes;
    });
  }

  public void remove(ObjectName name) throws IOException {
    store.delete(List.of(name));
  }

  /** The first object under a prefix whose name holds a text. */
  public ObjectName find(String text) {
    return store.contents().keySet().stream()
        .filter(n -> n.value().contains(text))
        .findFirst()
        .orElseThrow();
  }

  /** Makes another backup that sends an altered object again from the node. */
  public Manifest backUpAgain(Path database, ObjectName altered) throws RunException {
    BackupRequest before = request;
    request = new BackupRequest(
        URL,
        Optional.empty(),
        false,
        false,
        false,
        Set.of(altered),
        false,
        BackupRequest.DEFAULT_MAX_ELECTION_LOSS_BYTES);
    try {
      return backUp(database);
    } finally {
      request = before;
    }
  }

  /** Stores pages for other completed chunks, and gives the manifest that refers to them. */
  Manifest withChunks(Manifest manifest, List<FileEntry> completed) {
    ManifestFiles files = manifest.files();
    return Manifests.with(
        manifest,
        new ManifestFiles(
            files.checkpointFolder(),
            files.checkpoints(),
            files.index(),
            page(completed),
            files.activeChunk(),
            files.leftOut()));
  }

  private List<PageEntry> page(List<FileEntry> completed) {
    if (completed.isEmpty()) {
      return List.of();
    }
    byte[] page = PageJson.write(completed);
    ObjectName name = Layout.page(0, Sha256.of(page));
    store.replace(name, page);
    return List.of(new PageEntry(
        name,
        0,
        completed.size(),
        completed.stream().mapToLong(FileEntry::lengthBytes).sum(),
        page.length,
        ChunkIdentity.digest(completed.stream().map(FileEntry::chunkIdentity).toList())));
  }

  private StoredBytes stored(ObjectName name, byte[] bytes) {
    store.replace(name, bytes);
    return new StoredBytes(name, bytes.length, Sha256.of(bytes));
  }
}
