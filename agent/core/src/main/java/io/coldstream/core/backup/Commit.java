package io.coldstream.core.backup;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.plan.BackupPlan;
import io.coldstream.core.backup.plan.PlannedFile;
import io.coldstream.core.backup.plan.Uploaded;
import io.coldstream.core.backup.upload.Sent;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.StoredDocument;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.ForkedFrom;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.LeftOut;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.ManifestFiles;
import io.coldstream.core.repository.manifest.ManifestJson;
import io.coldstream.core.repository.manifest.Origin;
import io.coldstream.core.repository.manifest.Totals;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.store.ObjectStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates the manifest, once and only if absent. Until then the backup does not exist. */
final class Commit {

  /** How many excluded files a manifest names. */
  static final int MAX_LEFT_OUT = 200;

  private final BackupRequest request;
  private final Agent agent;
  private final ObjectStore store;
  private final String run;
  private final Clock clock;
  private final Optional<String> serverVersion;

  Commit(
      BackupRequest request,
      Agent agent,
      ObjectStore store,
      String run,
      Clock clock,
      Optional<String> serverVersion) {
    this.request = request;
    this.agent = agent;
    this.store = store;
    this.run = run;
    this.clock = clock;
    this.serverVersion = serverVersion;
  }

  /**
   * Creates the manifest.
   *
   * @return the backup; empty when another run took its number
   * @throws RunException what the store's failure means; after STORE_UNAVAILABLE the backup is
   *     either complete or absent
   */
  Optional<Manifest> create(
      long sequence,
      Repository repository,
      Capture capture,
      Sent sent,
      Optional<ForkedFrom> forkedFrom)
      throws RunException {
    BackupPlan plan = sent.plan();
    Uploaded uploaded = sent.uploaded();
    Manifest manifest = new Manifest(
        sequence,
        repository.info().id(),
        origin(capture),
        capture.log(),
        forkedFrom,
        new ManifestFiles(
            plan.checkpoints().folder(),
            entries(plan.checkpoints().files(), uploaded),
            index(plan.index(), uploaded),
            sent.pages(),
            plan.active().map(file -> file.entry(uploaded)),
            mostOf(capture.leftOut())),
        new Totals(plan.fileCount(), plan.bytes(), uploaded.addedObjects(), uploaded.addedBytes()));
    return StoredDocument.create(store, Layout.manifest(sequence), readable(manifest))
        ? Optional.of(manifest)
        : Optional.empty();
  }

  /** The document, read back and compared: a backup that cannot be read is worthless. */
  private static byte[] readable(Manifest manifest) throws RunException {
    byte[] bytes = ManifestJson.write(manifest);
    String name = Layout.manifest(manifest.sequence()).value();
    FormatException failure = null;
    try {
      if (ManifestJson.read(bytes, name, manifest.sequence()).equals(manifest)) {
        return bytes;
      }
    } catch (FormatException e) {
      failure = e;
    }
    throw new RunException(
        RunException.Kind.INTERNAL,
        name + ": does not read back as it was made; nothing was committed",
        failure);
  }

  /** A folder full of foreign files must not make the manifest too long to be read. */
  private static List<LeftOut> mostOf(List<LeftOut> all) {
    if (all.size() <= MAX_LEFT_OUT) {
      return all;
    }
    List<LeftOut> most = new ArrayList<>(all.subList(0, MAX_LEFT_OUT));
    most.add(new LeftOut("...", "and " + (all.size() - MAX_LEFT_OUT) + " more"));
    return most;
  }

  private Origin origin(Capture capture) {
    return new Origin(
        run,
        capture.number(),
        clock.instant(),
        agent.host(),
        request.label(),
        serverVersion,
        agent.version());
  }

  private static Optional<IndexEntry> index(List<PlannedFile> files, Uploaded uploaded) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    PlannedFile map = files.get(files.size() - 1);
    return Optional.of(new IndexEntry(
        map.entry(uploaded),
        entries(files.subList(0, files.size() - 1), uploaded),
        ((IndexMap) map.file()).commitCheckpoint().orElseThrow()));
  }

  private static List<FileEntry> entries(List<PlannedFile> files, Uploaded uploaded) {
    return files.stream().map(file -> file.entry(uploaded)).toList();
  }
}
