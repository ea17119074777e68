package io.coldstream.core.backup;

import io.coldstream.core.capture.Capture;
import io.coldstream.core.failure.RunException;
import io.coldstream.core.manifest.FileEntry;
import io.coldstream.core.manifest.ForkedFrom;
import io.coldstream.core.manifest.IndexEntry;
import io.coldstream.core.manifest.Manifest;
import io.coldstream.core.manifest.ManifestJson;
import io.coldstream.core.manifest.Origin;
import io.coldstream.core.manifest.PageEntry;
import io.coldstream.core.manifest.Totals;
import io.coldstream.core.plan.BackupPlan;
import io.coldstream.core.plan.PlannedFile;
import io.coldstream.core.plan.PlannedIndex;
import io.coldstream.core.plan.StoredObjects;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes the manifest, once, create-only: before it the backup does not exist. */
final class Commit {

  private final BackupOptions options;
  private final ObjectStore store;
  private final String run;
  private final Clock clock;
  private final StoredObjects stored;

  Commit(BackupOptions options, ObjectStore store, String run, Clock clock, StoredObjects stored) {
    this.options = options;
    this.store = store;
    this.run = run;
    this.clock = clock;
    this.stored = stored;
  }

  /**
   * Creates the manifest.
   *
   * @return the backup; empty when another run took its number
   * @throws RunException what the store's failure means; after STORE_UNAVAILABLE the backup may or
   *     may not be there, whole
   */
  Optional<Manifest> create(
      long sequence,
      Repository repository,
      Capture capture,
      BackupPlan plan,
      List<PageEntry> pages,
      Optional<ForkedFrom> forkedFrom)
      throws RunException {
    Manifest manifest = new Manifest(
        sequence,
        repository.info().id(),
        repository.info().databaseId(),
        origin(capture),
        capture.chunkSizeBytes(),
        capture.positions(),
        capture.restorePointTime(),
        capture.lineage(),
        forkedFrom,
        plan.checkpoints().folder(),
        entries(plan.checkpoints().files()),
        plan.index().map(this::index),
        pages,
        plan.active().map(this::entry),
        capture.leftOut(),
        new Totals(plan.fileCount(), plan.bytes(), stored.addedObjects(), stored.addedBytes()));
    return put(Layout.manifest(sequence), ManifestJson.write(manifest))
        ? Optional.of(manifest)
        : Optional.empty();
  }

  private Origin origin(Capture capture) {
    return new Origin(
        run,
        capture.number(),
        clock.instant(),
        options.host(),
        options.label(),
        options.serverVersion(),
        options.agentVersion());
  }

  private boolean put(ObjectName name, byte[] bytes) throws RunException {
    try {
      store.put(new PutRequest(name, Content.of(bytes), Placement.STANDARD));
      return true;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ALREADY_EXISTS
          && e.kind() != StoreException.Kind.UNAVAILABLE) {
        throw RunException.of(e);
      }
      return isOurs(name, bytes, e);
    }
  }

  /** After an answer that was lost, or that says "exists": what is there tells. */
  private boolean isOurs(ObjectName name, byte[] bytes, StoreException failure)
      throws RunException {
    try (ObjectContent content = store.read(name, ByteRange.WHOLE, Optional.empty())) {
      return content.object().lengthBytes() == bytes.length
          && Arrays.equals(content.stream().readAllBytes(), bytes);
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw RunException.of(failure);
    }
  }

  private IndexEntry index(PlannedIndex index) {
    return new IndexEntry(entry(index.map()), entries(index.files()), index.commitCheckpoint());
  }

  private List<FileEntry> entries(List<PlannedFile> files) {
    return files.stream().map(this::entry).toList();
  }

  private FileEntry entry(PlannedFile file) {
    return file.entry(name -> stored.find(name, file.lengthBytes()).orElseThrow());
  }
}
