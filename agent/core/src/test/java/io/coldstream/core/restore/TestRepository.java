package io.coldstream.core.restore;

import io.coldstream.core.capture.ActiveChunk;
import io.coldstream.core.capture.Capture;
import io.coldstream.core.capture.CaptureSettings;
import io.coldstream.core.capture.CaptureStep;
import io.coldstream.core.capture.CapturedIndex;
import io.coldstream.core.capture.KnownFiles;
import io.coldstream.core.event.RunListener;
import io.coldstream.core.failure.RunException;
import io.coldstream.core.manifest.ChunkEntry;
import io.coldstream.core.manifest.ChunkIdentity;
import io.coldstream.core.manifest.FileEntry;
import io.coldstream.core.manifest.IndexEntry;
import io.coldstream.core.manifest.Manifest;
import io.coldstream.core.manifest.ManifestJson;
import io.coldstream.core.manifest.Origin;
import io.coldstream.core.manifest.PageEntry;
import io.coldstream.core.manifest.PageJson;
import io.coldstream.core.manifest.Sha256;
import io.coldstream.core.manifest.StoredBytes;
import io.coldstream.core.manifest.Totals;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryInfo;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.chunk.ChunkFacts;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A repository in memory, written straight from what a capture found, so that tests can make it wrong
 * in any way. What a backup writes is the same; that is tested with backups.
 */
final class TestRepository {

  static final String ID = "abcdefghijklmnopqrstuvwxyz";
  static final String URL = "memory:test";

  private final MemoryStore store = new MemoryStore();
  private long newest;

  /** A repository that holds one backup of a folder. */
  static TestRepository of(Path database) throws Exception {
    TestRepository repository = new TestRepository();
    repository.backUp(database);
    return repository;
  }

  MemoryStore store() {
    return store;
  }

  Repository open() throws RunException {
    return open(store);
  }

  static Repository open(ObjectStore store) throws RunException {
    return Repository.open(store, URL);
  }

  long newest() {
    return newest;
  }

  /** Adds a backup. */
  Manifest backUp(Path database) throws Exception {
    CaptureStep step = new CaptureStep(
        new LocalDatabaseFiles(),
        () -> 1L << 40,
        attempt -> {},
        CaptureSettings.of(DatabaseFolders.of(database, Optional.empty())),
        RunListener.NONE);
    try (Capture capture = step.capture(KnownFiles.NONE, 1)) {
      if (newest == 0) {
        store.replace(
            Layout.REPOSITORY,
            new RepositoryInfo(ID, Instant.EPOCH, capture.lineage().databaseId()).bytes());
      }
      Manifest manifest = manifest(capture, ++newest);
      put(manifest);
      return manifest;
    }
  }

  /** Stores a manifest in the place of what is there. */
  void put(Manifest manifest) {
    store.replace(Layout.manifest(manifest.sequence()), ManifestJson.write(manifest));
  }

  /** Changes one object's bytes. */
  void alter(ObjectName name, UnaryOperator<byte[]> change) {
    store.replace(name, change.apply(store.contents().get(name).clone()));
  }

  void flipBit(ObjectName name) {
    alter(name, bytes -> {
      bytes[bytes.length / 2] ^= 4;
      return bytes;
    });
  }

  void remove(ObjectName name) throws IOException {
    store.delete(List.of(name));
  }

  /** The first object under a prefix whose name holds a text. */
  ObjectName find(String text) {
    return store.contents().keySet().stream()
        .filter(n -> n.value().contains(text))
        .findFirst()
        .orElseThrow();
  }

  /** Stores pages for other completed chunks, and gives the manifest that refers to them. */
  Manifest withChunks(Manifest manifest, List<FileEntry> completed) {
    return new Manifest(
        manifest.sequence(),
        manifest.repositoryId(),
        manifest.databaseId(),
        manifest.origin(),
        manifest.chunkSizeBytes(),
        manifest.positions(),
        manifest.restorePointTime(),
        manifest.lineage(),
        manifest.forkedFrom(),
        manifest.checkpointFolder(),
        manifest.checkpoints(),
        manifest.index(),
        page(completed),
        manifest.activeChunk(),
        manifest.leftOut(),
        manifest.totals());
  }

  private Manifest manifest(Capture capture, long sequence) throws IOException {
    String run = "r".repeat(25) + (char) ('a' + sequence);
    List<FileEntry> completed = new ArrayList<>();
    for (ChunkFacts facts : capture.completed()) {
      try (OpenFile file = capture.pins().open(facts)) {
        byte[] bytes = file.readFully(0, (int) facts.lengthBytes());
        completed.add(FileEntry.plain(
            facts.name().toString(),
            stored(Layout.chunk(facts.name().toString(), md5(facts)), bytes),
            Optional.of(chunk(facts, facts.footer().orElseThrow().logicalDataBytes()))));
      }
    }
    List<FileEntry> checkpoints = new ArrayList<>();
    for (Checkpoint checkpoint : capture.checkpoints()) {
      String name = checkpoint.name().fileName();
      checkpoints.add(FileEntry.plain(
          name,
          stored(ObjectName.in(Layout.checkpoints(run, 1), name), checkpoint.bytes()),
          Optional.empty()));
    }
    Optional<FileEntry> active =
        capture.active().isPresent() ? Optional.of(active(capture)) : Optional.empty();
    Optional<IndexEntry> index =
        capture.index().isPresent() ? Optional.of(index(capture)) : Optional.empty();
    return new Manifest(
        sequence,
        ID,
        capture.lineage().databaseId(),
        new Origin(run, 1, Instant.EPOCH, "host", Optional.empty(), Optional.empty(), "test"),
        capture.chunkSizeBytes(),
        capture.positions(),
        capture.restorePointTime(),
        capture.lineage(),
        Optional.empty(),
        Layout.checkpoints(run, 1).value(),
        checkpoints,
        index,
        page(completed),
        active,
        capture.leftOut(),
        new Totals(0, 0, 0, 0));
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

  /** The active chunk in two segments, where it is long enough. */
  private FileEntry active(Capture capture) throws IOException {
    ActiveChunk active = capture.active().orElseThrow();
    try (OpenFile file = capture.pins().open(active)) {
      byte[] bytes = file.readFully(0, (int) active.capturedBytes());
      int half = bytes.length / 2;
      List<StoredBytes> segments = List.of(
          segment(capture, active.facts(), 0, Arrays.copyOf(bytes, half)),
          segment(capture, active.facts(), half, Arrays.copyOfRange(bytes, half, bytes.length)));
      return new FileEntry(
          active.facts().name().toString(),
          segments,
          bytes.length,
          Sha256.of(bytes),
          List.of(),
          Optional.empty(),
          Optional.of(withoutFooter(chunk(active.facts(), bytes.length - 128))));
    }
  }

  private StoredBytes segment(Capture capture, ChunkFacts facts, long from, byte[] bytes) {
    return stored(
        Layout.segment(
            facts.header().firstNumber(),
            facts.header().id().toString(),
            capture.lineage().last().id(),
            from,
            from + bytes.length,
            Sha256.of(bytes)),
        bytes);
  }

  private IndexEntry index(Capture capture) throws IOException {
    CapturedIndex index = capture.index().orElseThrow();
    List<FileEntry> files = new ArrayList<>();
    for (var table : index.tables()) {
      try (OpenFile file = capture.pins().open(table)) {
        byte[] bytes = file.readFully(0, (int) table.lengthBytes());
        files.add(FileEntry.plain(
            table.name().guid(),
            stored(Layout.table(table.name().guid(), table.md5().hex()), bytes),
            Optional.empty()));
      }
    }
    for (var filter : index.bloomFilters()) {
      try (OpenFile file = capture.pins().open(filter)) {
        byte[] bytes = file.readFully(0, (int) filter.lengthBytes());
        files.add(FileEntry.plain(
            filter.name(),
            stored(Layout.bloomFilter(filter.name(), Sha256.of(bytes)), bytes),
            Optional.empty()));
      }
    }
    byte[] map = index.map().bytes();
    return new IndexEntry(
        FileEntry.plain(
            "indexmap", stored(Layout.indexMap(index.map().md5().hex()), map), Optional.empty()),
        files,
        index.commitCheckpoint());
  }

  private StoredBytes stored(ObjectName name, byte[] bytes) {
    store.replace(name, bytes);
    return new StoredBytes(name, bytes.length, Sha256.of(bytes));
  }

  private static String md5(ChunkFacts facts) {
    return facts.footer().orElseThrow().md5().hex();
  }

  private static ChunkEntry chunk(ChunkFacts facts, long logicalBytes) {
    return new ChunkEntry(
        facts.header().firstNumber(),
        facts.header().lastNumber(),
        facts.header().id().toString(),
        facts.header().scavenged(),
        facts.footer().map(f -> f.md5().hex()),
        logicalBytes);
  }

  /** A node that was killed may leave a completed chunk as its active one. */
  private static ChunkEntry withoutFooter(ChunkEntry chunk) {
    return new ChunkEntry(
        chunk.firstNumber(),
        chunk.lastNumber(),
        chunk.chunkId(),
        chunk.scavenged(),
        Optional.empty(),
        chunk.logicalDataBytes());
  }
}
