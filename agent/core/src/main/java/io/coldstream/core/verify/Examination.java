package io.coldstream.core.verify;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.NoBackup;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.Replacements;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RestoreText;
import io.coldstream.core.repository.StoredDocument;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.verify.history.Coverage;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Looks at backups step by step: inventory, structure, data, and copies in later backups. */
final class Examination {

  private static final String BY_HAND =
      "; only a restore of this backup by hand (RESTORE.txt) needs it, coldstream restore does not";

  private static final String CONTRADICTED = "; coldstream restore refuses this backup while that"
      + " object differs from the manifest. If you know that the manifest is right, move the"
      + " object away";

  private static final int MAX_TEXT_BYTES = 1 << 20;

  private final Repository repository;
  private final VerifyOptions options;
  private final VerifyParts parts;

  Examination(Repository repository, VerifyOptions options, VerifyParts parts) {
    this.repository = repository;
    this.options = options;
    this.parts = parts;
  }

  /** Is told from time to time what was seen so far. */
  @FunctionalInterface
  interface Sofar {

    /** Takes what was seen; its faults may turn out to be repaired. */
    void seen(Examined soFar) throws RunException;
  }

  /**
   * Reads the manifests and pages.
   *
   * @param newest newer backups are passed over
   */
  Inventory inventory(long newest) throws RunException {
    Inventory inventory = new Inventory(repository);
    List<Long> sequences = options.sequence().isPresent()
        ? List.of(options.sequence().getAsLong())
        : repository.sequences(0).stream().filter(n -> n <= newest).toList();
    if (sequences.isEmpty()) {
      requireNoLoss();
    }
    for (long sequence : sequences) {
      inventory.add(sequence, options.sequence().isPresent());
    }
    return inventory;
  }

  private void requireNoLoss() throws RunException {
    RunException none = NoBackup.found(repository);
    if (none.kind() == Kind.REPOSITORY_DAMAGED) {
      throw none;
    }
  }

  /**
   * Examines what the inventory names.
   *
   * @param coverage where a sample begins
   * @param faulty objects that an earlier run found wrong
   */
  Examined run(Inventory inventory, Coverage coverage, Set<ObjectName> faulty, Sofar sofar)
      throws IOException, RunException, InterruptedException {
    Map<ObjectName, ObjectFault> missing = new TreeMap<>();
    new StructureCheck(repository, inventory)
        .run(options.sequence().isPresent())
        .forEach(fault -> missing.put(fault.object(), fault));
    ObjectReader reader = new ObjectReader(repository.store());
    ContentCheck.Milestone milestone = soFar -> sofar.seen(new Examined(
        inventory,
        missing.keySet(),
        soFar.read(),
        sorted(findings(inventory, missing, soFar)),
        List.of(),
        soFar.stretch()));
    ContentCheck.Outcome content = new ContentCheck(
            options, inventory, missing.keySet(), reader, parts, milestone)
        .run(coverage, faulty);
    List<String> notes = new ArrayList<>(content.notes());
    if (options.depth() == Depth.DATA) {
      byHand(Layout.RESTORE_TEXT, RestoreText.bytes()).ifPresent(notes::add);
      byHand(Layout.RESTORE_SCRIPT, RestoreText.script()).ifPresent(notes::add);
    }
    DataCheck data = new DataCheck(reader, parts.workers(), parts.listener());
    List<Finding> findings = judged(findings(inventory, missing, content), inventory, data, notes);
    return new Examined(
        inventory, missing.keySet(), content.read(), sorted(findings), notes, content.stretch());
  }

  /**
   * Compares what only a restore by hand needs. An earlier version may have written other bytes, and
   * had no script.
   */
  private Optional<String> byHand(ObjectName name, byte[] ours)
      throws StoreException, RunException {
    if (!options.reads(name)) {
      return Optional.empty();
    }
    try {
      byte[] found = StoredDocument.read(repository.store(), name, MAX_TEXT_BYTES, bytes -> bytes);
      return Arrays.equals(found, ours)
          ? Optional.empty()
          : Optional.of(name + " is not what this version writes: it was altered, or another"
              + " version wrote it");
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.NOT_FOUND) {
        throw e;
      }
      return Optional.of(name)
          .filter(Layout.RESTORE_TEXT::equals)
          .map(missing -> missing + " is missing; only a restore by hand needs it");
    } catch (RunException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static List<Finding> sorted(List<Finding> findings) {
    return findings.stream()
        .sorted(Comparator.comparing(Finding::object).thenComparing(Finding::fault))
        .toList();
  }

  /** All faults; of a divided run, those of this part. */
  private List<Finding> findings(
      Inventory inventory, Map<ObjectName, ObjectFault> missing, ContentCheck.Outcome content) {
    List<Finding> findings = new ArrayList<>();
    inventory.findings().stream().filter(f -> options.reads(f.object())).forEach(findings::add);
    findings.addAll(content.contradictions());
    missing.values().stream()
        .filter(f -> options.reads(f.object()))
        .forEach(f -> findings.add(finding(f, inventory)));
    Set<ObjectName> known = new HashSet<>(missing.keySet());
    for (ObjectFault fault : content.faults()) {
      if (known.add(fault.object())) {
        findings.add(finding(fault, inventory));
      }
    }
    return findings;
  }

  private static Finding finding(ObjectFault fault, Inventory inventory) {
    WantedObject wanted = inventory.wanted(fault.object()).orElseThrow();
    return new Finding(
        fault.object(),
        fault.getMessage() + consequence(fault),
        wanted.firstBackup(),
        wanted.lastBackup(),
        ContentCheck.foundBy(fault),
        repair(fault));
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
  private List<Finding> judged(
      List<Finding> all, Inventory inventory, DataCheck data, List<String> notes)
      throws IOException, RunException {
    List<Finding> findings = new ArrayList<>();
    Map<Long, Replacements> replacements = new HashMap<>();
    for (Finding finding : all) {
      Optional<WantedObject> wanted = inventory.wanted(finding.object());
      Optional<StoredBytes> other = wanted.isEmpty()
          ? Optional.empty()
          : replacement(
              replacements.computeIfAbsent(
                  wanted.get().lastBackup(), last -> new Replacements(repository, last)),
              wanted.get(),
              data);
      if (other.isPresent()) {
        notes.add(finding.fault() + "; a later backup has another copy in "
            + other.get().object() + ", which restores use");
      } else {
        findings.add(finding);
      }
    }
    return findings;
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
