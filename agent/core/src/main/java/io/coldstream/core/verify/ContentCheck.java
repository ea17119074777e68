package io.coldstream.core.verify;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.verify.SegmentedFiles.Segmented;
import io.coldstream.core.verify.history.Coverage;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads objects as closely as requested: the checkpoints, what was found wrong before, and none, some
 * or all of the rest. For one run, by one thread.
 */
final class ContentCheck {

  private final VerifyOptions options;
  private final Inventory inventory;
  private final Set<ObjectName> wrong;
  private final DataCheck data;
  private final WholeCheck whole;
  private final VerifyParts parts;
  private final Milestone milestone;
  private final Map<ObjectName, WantedObject> read = new LinkedHashMap<>();
  private final List<ObjectFault> faults = new ArrayList<>();
  private final List<Finding> contradictions = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * A check.
   *
   * @param wrong objects that are not read, because they are known to be wrong
   */
  ContentCheck(
      VerifyOptions options,
      Inventory inventory,
      Set<ObjectName> wrong,
      ObjectReader reader,
      VerifyParts parts,
      Milestone milestone) {
    this.options = options;
    this.inventory = inventory;
    this.wrong = wrong;
    this.data = new DataCheck(reader, parts.workers(), parts.listener());
    this.whole = new WholeCheck(reader, parts.workers(), parts.listener());
    this.parts = parts;
    this.milestone = milestone;
  }

  /**
   * What was read, and what was found.
   *
   * @param read the objects that were read
   * @param faults objects that are wrong
   * @param contradictions manifests whose sound objects do not fit together
   * @param notes what could not be read, and harms no restore
   * @param stretch of which names every object was read; empty when there is none
   */
  record Outcome(
      List<WantedObject> read,
      List<ObjectFault> faults,
      List<Finding> contradictions,
      List<String> notes,
      Optional<Stretch> stretch) {}

  /** Is told from time to time how far the reading has come. */
  @FunctionalInterface
  interface Milestone {

    /** Takes what was read and found so far. */
    void reached(Outcome soFar) throws RunException, StoreException;
  }

  /**
   * Reads, except what is wrong already; store failures end it.
   *
   * @param coverage where a sample begins
   * @param faulty objects that an earlier run found wrong
   */
  Outcome run(Coverage coverage, Set<ObjectName> faulty)
      throws IOException, RunException, InterruptedException {
    List<WantedObject> checkpoints = new ArrayList<>();
    List<WantedObject> known = new ArrayList<>();
    List<WantedObject> rest = new ArrayList<>();
    for (WantedObject wanted : inventory.wanted()) {
      ObjectName name = wanted.stored().object();
      if (!wrong.contains(name)) {
        boolean isCheckpoint = Layout.CHECKPOINTS.holds(name);
        (isCheckpoint ? checkpoints : rest).add(wanted);
        if (!isCheckpoint && faulty.contains(name)) {
          known.add(wanted);
        }
      }
    }
    return switch (options.depth()) {
      case STRUCTURE -> {
        planned(joined(checkpoints, known));
        readIfAllowed(checkpoints, "the checkpoints were not compared with the manifests");
        readIfAllowed(known, "what an earlier verification found wrong was not read again");
        yield outcome(Optional.empty());
      }
      case SAMPLE -> {
        Rotation next = Rotation.next(rest, coverage, options.sample().orElseThrow());
        List<WantedObject> first = joined(checkpoints, known);
        planned(joined(first, next.objects()));
        read(first);
        readInOrder(next.objects(), next.stretch());
        yield outcome(Optional.of(next.stretch()));
      }
      case DATA -> all(joined(checkpoints, rest));
    };
  }

  static long bytes(List<WantedObject> objects) {
    return objects.stream().mapToLong(o -> o.stored().lengthBytes()).sum();
  }

  private static List<WantedObject> joined(List<WantedObject> some, List<WantedObject> others) {
    Map<ObjectName, WantedObject> all = new LinkedHashMap<>();
    some.forEach(o -> all.put(o.stored().object(), o));
    others.forEach(o -> all.put(o.stored().object(), o));
    return List.copyOf(all.values());
  }

  private void planned(List<WantedObject> objects) {
    parts.listener().on(new RunEvent.Planned(objects.size(), bytes(objects), 0, 0));
  }

  /** First the files in several objects, then the other objects in the order of their names. */
  private Outcome all(List<WantedObject> objects)
      throws IOException, RunException, InterruptedException {
    SegmentedFiles segmented = inventory.segmented();
    List<List<Segmented>> passes = segmented.passes().stream()
        .filter(pass -> options.reads(pass.get(0).firstObject()))
        .toList();
    List<WantedObject> inPasses = passes.stream()
        .flatMap(pass -> pass.get(0).entry().objects().stream())
        .flatMap(stored -> inventory.wanted(stored.object()).stream())
        .distinct()
        .toList();
    List<WantedObject> single = objects.stream()
        .filter(o -> !segmented.holds(o.stored().object()))
        .filter(o -> options.reads(o.stored().object()))
        .sorted((a, b) -> a.stored().object().compareTo(b.stored().object()))
        .toList();
    planned(joined(inPasses, single));
    for (WholeCheck.Outcome outcome : whole.segmented(passes)) {
      faults.addAll(outcome.faults());
      contradictions.addAll(outcome.findings());
    }
    inPasses.stream()
        .filter(o -> !wrong.contains(o.stored().object()))
        .forEach(o -> read.put(o.stored().object(), o));
    contradictions.addAll(whole.indexes(inventory.indexes(), options));
    readInOrder(single, Stretch.ALL);
    return outcome(Optional.of(Stretch.ALL));
  }

  /** Whoever only writes may not read them. */
  private void readIfAllowed(List<WantedObject> objects, String otherwise)
      throws IOException, RunException, InterruptedException {
    try {
      read(objects);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ACCESS_DENIED) {
        throw e;
      }
      notes.add(otherwise + ": this identity may not read "
          + objects.get(0).stored().object().value().replaceFirst("/.*", "/"));
    }
  }

  private void read(List<WantedObject> objects)
      throws IOException, RunException, InterruptedException {
    faults.addAll(data.run(objects));
    objects.forEach(o -> read.put(o.stored().object(), o));
  }

  private void readInOrder(List<WantedObject> objects, Stretch stretch)
      throws IOException, RunException, InterruptedException {
    int step = parts.saving().objects();
    for (int from = 0; from < objects.size(); from += step) {
      int to = Math.min(objects.size(), from + step);
      read(objects.subList(from, to));
      if (to < objects.size()) {
        ObjectName last = objects.get(to - 1).stored().object();
        milestone.reached(outcome(Optional.of(stretch.upTo(last))));
      }
    }
  }

  private Outcome outcome(Optional<Stretch> stretch) {
    return new Outcome(
        List.copyOf(read.values()),
        List.copyOf(faults),
        List.copyOf(contradictions),
        List.copyOf(notes),
        stretch);
  }

  /** The least depth at which a run finds a fault again. */
  static Depth foundBy(ObjectFault fault) {
    return fault.kind() == ObjectFault.Kind.ALTERED ? Depth.DATA : Depth.STRUCTURE;
  }
}
