package io.coldstream.core.copy;

import io.coldstream.core.copy.CopiedBackup.Outcome;
import io.coldstream.core.repository.Condemned;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.StoredDocument;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Shard;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One copy, step by step. Used once, by one thread.
 *
 * <p>Backup after backup, the newest first: its objects group by group in the order of a backup, then
 * its pages, then its manifest. Nothing at the target refers to an object until the manifest exists.
 * What was sent stays, whatever goes wrong, and the next run continues there.
 */
public final class CopyRun {

  private final CopyRequest request;
  private final CopyParts parts;
  private final RunListener listener;
  private final Instant begun;
  private final Repository source;
  private final TargetBackups target;
  private final BackupObjects objects;
  private final CopyTally tally = new CopyTally();
  private final Map<ObjectName, CopyFault> faults = new ConcurrentHashMap<>();

  private CopyRun(CopyRequest request, CopyParts parts) throws RunException {
    this.request = request;
    this.parts = parts;
    this.listener = parts.listener();
    this.begun = parts.clock().instant();
    this.source = parts.source();
    this.target = new TargetBackups(source, parts.target());
    this.objects = new BackupObjects(source);
  }

  /**
   * Runs the copy.
   *
   * @param request what the user asked for
   * @param parts what it works with
   * @return how it went; the caller asks {@link CopyReport#requireGood()}
   * @throws RunException {@link Kind#USAGE} when there is no such backup, {@link
   *     Kind#REPOSITORY_DAMAGED} when the one that is asked for is damaged, {@link Kind#CONFLICT} when
   *     the target is another repository or has another history, {@link Kind#INTERRUPTED} when the run
   *     was told to stop; what a store's failure means
   */
  public static CopyReport run(CopyRequest request, CopyParts parts) throws RunException {
    try {
      return new CopyRun(request, parts).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(
          Kind.INTERRUPTED,
          "stopped before everything was copied; what was sent stays, and the next run continues"
              + " there",
          e);
    }
  }

  private CopyReport run() throws RunException, InterruptedException {
    listener.on(new RunEvent.StepStarted(Step.PLAN));
    CopyPlan plan = new CopyPlanner(source, target, request.selection(), objects, faults).plan();
    List<StoredBytes> ours = plan.toSend().stream()
        .filter(object -> request.shard().holds(object.object()))
        .toList();
    listener.on(new RunEvent.Planned(
        ours.size(),
        ours.stream().mapToLong(StoredBytes::lengthBytes).sum(),
        plan.presentObjects(),
        plan.presentBytes()));
    List<CopiedBackup> copied = request.dryRun() ? planned(plan) : copied(plan);
    copied.addAll(plan.passedOver());
    return new CopyReport(
        plan,
        copied,
        faults.values().stream()
            .sorted((a, b) -> a.object().compareTo(b.object()))
            .toList(),
        tally.soFar(),
        request.dryRun(),
        Duration.between(begun, parts.clock().instant()));
  }

  private static List<CopiedBackup> planned(CopyPlan plan) {
    List<CopiedBackup> planned = new ArrayList<>();
    plan.backups().forEach(b -> planned.add(CopiedBackup.of(b.sequence(), Outcome.PLANNED)));
    return planned;
  }

  private List<CopiedBackup> copied(CopyPlan plan) throws RunException, InterruptedException {
    Repository repository = target.create();
    ObjectCopy copy = new ObjectCopy(source, repository.store(), tally, listener);
    List<CopiedBackup> copied = new ArrayList<>();
    for (PlannedBackup backup : plan.backups()) {
      listener.on(new RunEvent.StepStarted(Step.COPY));
      for (Group group : Group.values()) {
        if (group != Group.PAGES) {
          send(copy, backup.missing(group), request.shard());
        }
      }
      if (!request.shard().isPart()) {
        copied.add(completed(backup, repository, copy, faults.keySet()));
      }
    }
    if (request.shard().isPart()) {
      // Whoever finishes last finds the objects of all shards there.
      Set<ObjectName> absent = absent(plan, repository);
      for (PlannedBackup backup : plan.backups()) {
        copied.add(completed(backup, repository, copy, absent));
      }
    }
    return copied;
  }

  /** What was planned and is not at the target, or is wrong there. */
  private Set<ObjectName> absent(CopyPlan plan, Repository repository) throws RunException {
    TargetObjects there = TargetObjects.of(Optional.of(repository));
    Set<ObjectName> absent = new HashSet<>(faults.keySet());
    for (PlannedBackup backup : plan.backups()) {
      Optional<Manifest> manifest = Side.SOURCE.call(() -> source.findManifest(backup.sequence()));
      if (manifest.isPresent()) {
        there.addCheckpoints(manifest.get());
      }
    }
    for (StoredBytes object : plan.toSend()) {
      if (Group.of(object.object()) != Group.PAGES
          && there.lengthBytes(object.object()).isEmpty()) {
        absent.add(object.object());
      }
    }
    return absent;
  }

  /** Sends pages and manifest, if every object is there that the backup needs. */
  private CopiedBackup completed(
      PlannedBackup backup, Repository repository, ObjectCopy copy, Set<ObjectName> absent)
      throws RunException, InterruptedException {
    listener.on(new RunEvent.StepStarted(Step.COMMIT));
    send(copy, backup.missing(Group.PAGES), Shard.WHOLE);
    // Read again: a backup that was deleted meanwhile does not come back.
    Optional<byte[]> document = Side.SOURCE.call(() -> source.findManifestBytes(backup.sequence()));
    if (document.isEmpty()) {
      return new DeletedBackup(source, request.selection()).of(backup.sequence());
    }
    Optional<CopiedBackup> lacking = lacking(backup, absent);
    if (lacking.isPresent()) {
      return lacking.get();
    }
    if (backup.present()) {
      return CopiedBackup.of(backup.sequence(), Outcome.PRESENT);
    }
    Optional<CopiedBackup> blocked = blocked(backup, repository);
    if (blocked.isPresent()) {
      return blocked.get();
    }
    ObjectName name = Layout.manifest(backup.sequence());
    boolean ours =
        Side.TARGET.call(() -> StoredDocument.create(repository.store(), name, document.get()));
    if (!ours) {
      throw target.other(backup.sequence());
    }
    return CopiedBackup.of(backup.sequence(), Outcome.COPIED);
  }

  /** Asked after everything was sent: what a prune removes at the target may not be there for long. */
  private Optional<CopiedBackup> blocked(PlannedBackup backup, Repository repository)
      throws RunException {
    Condemned condemned = Side.TARGET.call(() -> Condemned.listed(repository));
    if (!condemned.isEmpty()) {
      Optional<Manifest> manifest = Side.SOURCE.call(() -> source.findManifest(backup.sequence()));
      List<StoredBytes> needed =
          manifest.isPresent() ? Side.SOURCE.call(() -> objects.of(manifest.get())) : List.of();
      for (StoredBytes object : needed) {
        if (Side.TARGET.call(() -> condemned.holds(object.object()))) {
          return Optional.of(CopiedBackup.blocked(backup.sequence(), object.object()));
        }
      }
    }
    return Optional.empty();
  }

  /** What the backup needs may be planned with another one: its pages tell, when anything is absent. */
  private Optional<CopiedBackup> lacking(PlannedBackup backup, Set<ObjectName> absent)
      throws RunException {
    if (absent.isEmpty()) {
      return Optional.empty();
    }
    List<StoredBytes> needed = Side.SOURCE.call(() -> {
      Optional<Manifest> manifest = source.findManifest(backup.sequence());
      return manifest.isPresent() ? objects.of(manifest.get()) : List.of();
    });
    Optional<StoredBytes> first =
        needed.stream().filter(o -> absent.contains(o.object())).findFirst();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    return needed.stream()
        .filter(o -> faults.containsKey(o.object()))
        .findFirst()
        .map(o -> CopiedBackup.damaged(backup.sequence(), faults.get(o.object()).fault()))
        .or(() -> Optional.of(CopiedBackup.of(backup.sequence(), Outcome.WAITING)));
  }

  /** Copies all of them at once, within bounds; what is damaged does not keep back the others. */
  private void send(ObjectCopy copy, List<StoredBytes> missing, Shard shard)
      throws RunException, InterruptedException {
    List<Workers.Task<Optional<ObjectFault>>> tasks = new ArrayList<>();
    for (StoredBytes object : missing) {
      if (shard.holds(object.object())) {
        tasks.add(() -> {
          Optional<ObjectFault> fault = copy.copy(object);
          fault.ifPresent(f -> faults.put(object.object(), CopyFault.ofSource(object.object(), f)));
          return fault;
        });
      }
    }
    try {
      parts.workers().all(tasks);
    } catch (IOException e) {
      throw new RunException(Kind.INTERNAL, "copy failed: " + e, e);
    }
  }
}
