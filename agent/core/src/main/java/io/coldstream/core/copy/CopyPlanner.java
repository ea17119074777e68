package io.coldstream.core.copy;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.OtherBackup;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Finds out what the target lacks of the selected backups. Used once, by one thread. */
final class CopyPlanner {

  private final Repository source;
  private final TargetBackups target;
  private final Selection selection;
  private final BackupObjects objects;
  private final DeletedBackup gone;
  private final TargetObjects present;
  private final Map<ObjectName, StoredBytes> planned = new HashMap<>();
  private final Map<ObjectName, CopyFault> faults;
  private final List<PlannedBackup> backups = new ArrayList<>();
  private final List<CopiedBackup> passedOver = new ArrayList<>();
  private final Set<ObjectName> counted = new HashSet<>();
  private long presentBytes;

  /**
   * A planner.
   *
   * @param faults receives the objects at the target that are not what they must be
   */
  CopyPlanner(
      Repository source,
      TargetBackups target,
      Selection selection,
      BackupObjects objects,
      Map<ObjectName, CopyFault> faults)
      throws RunException {
    this.source = source;
    this.target = target;
    this.selection = selection;
    this.gone = new DeletedBackup(source, selection);
    this.objects = objects;
    this.faults = faults;
    this.present = TargetObjects.of(target.repository());
  }

  /** What has to be sent. */
  CopyPlan plan() throws RunException {
    List<Long> sequences = selected();
    target.requireSameHistory(sequences);
    for (long sequence : sequences) {
      try {
        add(sequence);
      } catch (RunException e) {
        passOver(sequence, e);
      }
    }
    return new CopyPlan(
        target.repository().isEmpty(), backups, passedOver, counted.size(), presentBytes);
  }

  private List<Long> selected() throws RunException {
    return Side.SOURCE.call(() -> {
      if (selection.sequence().isPresent()) {
        return List.of(selection.sequence().getAsLong());
      }
      long newest = source.newest();
      if (!selection.all()) {
        return List.of(newest);
      }
      List<Long> all = new ArrayList<>(source.sequences(0));
      Collections.reverse(all);
      return all;
    });
  }

  private void add(long sequence) throws RunException {
    Optional<Manifest> manifest = Side.SOURCE.call(() -> selection.sequence().isPresent()
        ? Optional.of(source.manifest(sequence))
        : source.findManifest(sequence));
    if (manifest.isEmpty()) {
      passedOver.add(gone.of(sequence));
      return;
    }
    boolean there = target.holds(manifest.get());
    present.addCheckpoints(manifest.get());
    List<StoredBytes> missing = new ArrayList<>();
    for (StoredBytes object : Side.SOURCE.call(() -> objects.of(manifest.get()))) {
      if (isMissing(object)) {
        missing.add(object);
      }
    }
    backups.add(new PlannedBackup(sequence, there, missing));
  }

  private boolean isMissing(StoredBytes object) throws RunException {
    OptionalLong length = present.lengthBytes(object.object());
    StoredBytes before = planned.get(object.object());
    if (before != null && !before.equals(object)) {
      throw new RunException(
          Kind.REPOSITORY_DAMAGED,
          object.object() + " is described differently than in a later backup");
    }
    if (length.isEmpty()) {
      return planned.put(object.object(), object) == null;
    }
    if (counted.add(object.object())) {
      presentBytes += object.lengthBytes();
    }
    if (length.getAsLong() != object.lengthBytes()) {
      faults.put(
          object.object(),
          CopyFault.ofTarget(object.object(), length.getAsLong(), object.lengthBytes()));
    }
    return false;
  }

  /** A damaged backup does not keep the others from being copied, when all are asked for. */
  private void passOver(long sequence, RunException failure) throws RunException {
    if (failure.kind() != Kind.REPOSITORY_DAMAGED) {
      throw failure;
    }
    if (isGone(sequence)) {
      passedOver.add(gone.of(sequence)); // its pages are deleted after its manifest
      return;
    }
    if (!selection.all()) {
      throw new OtherBackup(source, this::canRead).instead(failure);
    }
    passedOver.add(CopiedBackup.damaged(sequence, failure.getMessage()));
  }

  private boolean isGone(long sequence) throws RunException {
    try {
      return Side.SOURCE.call(() -> source.findManifest(sequence)).isEmpty();
    } catch (RunException e) {
      if (e.kind() != Kind.REPOSITORY_DAMAGED) {
        throw e;
      }
      return false;
    }
  }

  private boolean canRead(long sequence) throws RunException {
    Optional<Manifest> manifest = source.findManifest(sequence);
    if (manifest.isPresent()) {
      BackupFiles.read(source, manifest.get());
    }
    return manifest.isPresent();
  }
}
