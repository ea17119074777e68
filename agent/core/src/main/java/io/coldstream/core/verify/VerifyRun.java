package io.coldstream.core.verify;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.NoBackup;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.Repair;
import io.coldstream.core.repository.Replacements;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Runs a verification step by step: inventory, structure, data, and copies in later backups.
 * Changes nothing. Used by one thread.
 */
public final class VerifyRun {

  private static final String BY_HAND =
      "; only a restore of this backup by hand (RESTORE.txt) needs it, coldstream restore does not";

  private static final String CONTRADICTED = "; coldstream restore refuses this backup while that"
      + " object differs from the manifest. If you know that the manifest is right, move the"
      + " object away";

  private final Workers workers;
  private final Random random;
  private final RunListener listener;

  /**
   * Puts a run together.
   *
   * @param workers read objects
   * @param random chooses samples
   * @param listener receives the progress
   */
  public VerifyRun(Workers workers, Random random, RunListener listener) {
    this.workers = workers;
    this.random = random;
    this.listener = listener;
  }

  /**
   * Runs the verification.
   *
   * @param repository what; its store tries again by itself
   * @param options how much
   * @return what was checked and found; the caller asks {@link VerifyReport#requireGood()}
   * @throws RunException when it could not be done: what a store's failure means, or {@link
   *     Kind#USAGE} when there is no such backup
   */
  public VerifyReport run(Repository repository, VerifyOptions options) throws RunException {
    try {
      listener.on(new RunEvent.StepStarted(Step.VERIFY));
      Inventory inventory = inventory(repository, options);
      boolean ofOneBackup = options.sequence().isPresent();
      Map<ObjectName, ObjectFault> faults = new TreeMap<>();
      new StructureCheck(repository, inventory)
          .run(ofOneBackup)
          .forEach(fault -> faults.put(fault.object(), fault));
      ObjectReader reader = new ObjectReader(repository.store());
      ContentCheck.Outcome content = new ContentCheck(options, reader, workers, random, listener)
          .run(inventory, faults.keySet());
      content.faults().forEach(fault -> faults.putIfAbsent(fault.object(), fault));
      List<Finding> findings = new ArrayList<>(inventory.findings());
      findings.addAll(content.findings());
      List<String> notes = new ArrayList<>(content.notes());
      DataCheck data = new DataCheck(reader, workers, listener);
      judge(repository, inventory, faults, data, findings, notes);
      new LostCheckpoints(findings, inventory).note().ifPresent(notes::add);
      if (ofOneBackup) {
        notes.addAll(others(repository, options.sequence().getAsLong()));
      }
      return new VerifyReport(
          inventory.backups(),
          inventory.wanted().size(),
          content.read().size(),
          ContentCheck.bytes(content.read()),
          findings,
          notes);
    } catch (RunException | RuntimeException e) {
      throw e;
    } catch (StoreException e) {
      throw RunException.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(Kind.INTERRUPTED, "stopped before everything was verified", e);
    } catch (IOException e) {
      throw new RunException(Kind.INTERNAL, "unexpected: " + e, e);
    }
  }

  private static Inventory inventory(Repository repository, VerifyOptions options)
      throws RunException {
    Inventory inventory = new Inventory(repository);
    List<Long> sequences = options.sequence().isPresent()
        ? List.of(options.sequence().getAsLong())
        : repository.sequences(0);
    if (sequences.isEmpty()) {
      requireNoLoss(repository);
    }
    for (long sequence : sequences) {
      inventory.add(sequence, options.sequence().isPresent());
    }
    return inventory;
  }

  private static void requireNoLoss(Repository repository) throws RunException {
    RunException none = NoBackup.found(repository);
    if (none.kind() == Kind.REPOSITORY_DAMAGED) {
      throw none;
    }
  }

  /** Manifests beside the one that was asked for: their faults are notes, not findings. */
  private List<String> others(Repository repository, long sequence)
      throws IOException, RunException, InterruptedException {
    Map<Long, String> notes = new ConcurrentSkipListMap<>();
    List<Workers.Task<Optional<Manifest>>> reads = new ArrayList<>();
    for (long other : repository.sequences(0)) {
      if (other != sequence) {
        reads.add(() -> repository.readableManifest(
            other, e -> notes.put(other, e.getMessage() + Repair.ofManifest(e, other))));
      }
    }
    workers.all(reads);
    return List.copyOf(notes.values());
  }

  /** No backup sends another one's checkpoints again. */
  private static Optional<Remedy> repair(ObjectFault fault) {
    return Layout.CHECKPOINTS.holds(fault.object())
        ? Optional.empty()
        : Optional.of(fault.repair());
  }

  private static String consequence(ObjectFault fault) {
    if (!Layout.CHECKPOINTS.holds(fault.object())) {
      return "";
    }
    return fault.kind() == ObjectFault.Kind.ALTERED ? CONTRADICTED : BY_HAND;
  }

  /** What a later backup has sent again harms no restore. */
  private static void judge(
      Repository repository,
      Inventory inventory,
      Map<ObjectName, ObjectFault> faults,
      DataCheck data,
      List<Finding> findings,
      List<String> notes)
      throws IOException, RunException {
    Map<Long, Replacements> replacements = new HashMap<>();
    for (ObjectFault fault : faults.values()) {
      WantedObject wanted = inventory.wanted(fault.object()).orElseThrow();
      Optional<StoredBytes> other = replacement(
          replacements.computeIfAbsent(
              wanted.lastBackup(), last -> new Replacements(repository, last)),
          wanted,
          data);
      if (other.isPresent()) {
        notes.add(fault.getMessage() + "; a later backup has another copy in "
            + other.get().object() + ", which restores use");
      } else {
        findings.add(new Finding(
            fault.object(),
            fault.getMessage() + consequence(fault),
            wanted.firstBackup(),
            wanted.lastBackup(),
            repair(fault)));
      }
    }
  }

  private static Optional<StoredBytes> replacement(
      Replacements replacements, WantedObject wanted, DataCheck data)
      throws IOException, RunException {
    for (StoredBytes other : replacements.of(wanted.stored())) {
      WantedObject candidate =
          new WantedObject(other, wanted.file(), wanted.firstBackup(), wanted.lastBackup());
      if (data.fault(candidate).isEmpty()) {
        return Optional.of(other);
      }
    }
    return Optional.empty();
  }
}
