package io.coldstream.core.verify;

import io.coldstream.core.event.RunEvent;
import io.coldstream.core.event.RunListener;
import io.coldstream.core.event.Step;
import io.coldstream.core.failure.RunException;
import io.coldstream.core.failure.RunException.Kind;
import io.coldstream.core.manifest.StoredBytes;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.Repair;
import io.coldstream.core.repository.Replacements;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.work.Workers;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A verification, step by step: inventory, structure, data, and whether what is wrong was sent again.
 * Changes nothing. Used by one thread.
 */
public final class VerifyRun {

  private static final String BY_HAND = "; only a restore of this backup by hand (RESTORE.txt) uses"
      + " it, coldstream restore does not, and every backup has its own";

  private final Workers workers;
  private final Random random;
  private final RunListener listener;

  /**
   * Puts a run together.
   *
   * @param workers read objects
   * @param random chooses samples
   * @param listener is told what goes on
   */
  public VerifyRun(Workers workers, Random random, RunListener listener) {
    this.workers = workers;
    this.random = random;
    this.listener = listener;
  }

  /**
   * Verifies.
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
      List<WantedObject> chosen = chosen(inventory, options, faults.keySet());
      ObjectReader reader = new ObjectReader(repository.store());
      DataCheck data = new DataCheck(reader, workers, listener);
      long bytes = chosen.stream().mapToLong(o -> o.stored().lengthBytes()).sum();
      listener.on(new RunEvent.Planned(chosen.size(), bytes, 0, 0));
      List<Finding> findings = new ArrayList<>(inventory.findings());
      if (options.depth() == VerifyOptions.Depth.DATA) {
        data.run(chosen.stream()
                .filter(o -> !inventory.segmented().holds(o.stored().object()))
                .toList())
            .forEach(fault -> faults.put(fault.object(), fault));
        whole(new WholeCheck(reader, workers, listener), inventory, faults, findings);
      } else {
        data.run(chosen).forEach(fault -> faults.put(fault.object(), fault));
      }
      List<String> notes = new ArrayList<>();
      judge(repository, inventory, faults, data, findings, notes);
      return new VerifyReport(
          inventory.backups(), inventory.wanted().size(), chosen.size(), bytes, findings, notes);
    } catch (RunException | RuntimeException e) {
      throw e;
    } catch (StoreException e) {
      throw RunException.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(Kind.INTERRUPTED, "stopped before everything was verified", e);
    } catch (Exception e) {
      throw new RunException(Kind.INTERNAL, "unexpected: " + e, e);
    }
  }

  private static Inventory inventory(Repository repository, VerifyOptions options)
      throws RunException {
    Inventory inventory = new Inventory(repository);
    List<Long> sequences = options.sequence().isPresent()
        ? List.of(options.sequence().getAsLong())
        : repository.sequences(0);
    for (long sequence : sequences) {
      inventory.add(sequence, options.sequence().isPresent());
    }
    return inventory;
  }

  /** Which objects are read: none, all or some, but at least one; none that is wrong already. */
  private List<WantedObject> chosen(
      Inventory inventory, VerifyOptions options, Set<ObjectName> wrong) {
    List<WantedObject> all = new ArrayList<>(inventory.wanted());
    all.removeIf(o -> wrong.contains(o.stored().object()));
    return switch (options.depth()) {
      case STRUCTURE -> List.of();
      case DATA -> all;
      case SAMPLE -> {
        Collections.shuffle(all, random);
        int count = (int) Math.ceil(all.size() * options.samplePercent() / 100);
        yield List.copyOf(all.subList(0, Math.min(all.size(), count)));
      }
    };
  }

  private static void whole(
      WholeCheck check,
      Inventory inventory,
      Map<ObjectName, ObjectFault> faults,
      List<Finding> findings)
      throws Exception {
    for (WholeCheck.Outcome outcome : check.segmented(inventory.segmented())) {
      outcome.faults().forEach(fault -> faults.putIfAbsent(fault.object(), fault));
      findings.addAll(outcome.findings());
    }
    findings.addAll(check.indexes(inventory.indexes()));
  }

  /** No backup sends another one's checkpoints again. */
  private static Optional<String> repair(ObjectFault fault, Repository repository) {
    return Layout.CHECKPOINTS.holds(fault.object())
        ? Optional.empty()
        : Optional.of(Repair.command(fault, repository.url()));
  }

  /** What a later backup has sent again harms no restore. */
  private static void judge(
      Repository repository,
      Inventory inventory,
      Map<ObjectName, ObjectFault> faults,
      DataCheck data,
      List<Finding> findings,
      List<String> notes)
      throws Exception {
    Map<Long, Replacements> replacements = new HashMap<>();
    for (ObjectFault fault : faults.values()) {
      WantedObject wanted = inventory.wanted(fault.object()).orElseThrow();
      Optional<StoredBytes> other = replacement(
          replacements.computeIfAbsent(
              wanted.lastBackup(), last -> new Replacements(repository, last)),
          wanted,
          data);
      if (other.isPresent()) {
        notes.add(fault.getMessage() + "; a later backup has it again in "
            + other.get().object() + ", which restores use");
      } else {
        findings.add(new Finding(
            fault.object(),
            Layout.CHECKPOINTS.holds(fault.object())
                ? fault.getMessage() + BY_HAND
                : fault.getMessage(),
            wanted.firstBackup(),
            wanted.lastBackup(),
            repair(fault, repository)));
      }
    }
  }

  private static Optional<StoredBytes> replacement(
      Replacements replacements, WantedObject wanted, DataCheck data) throws Exception {
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
