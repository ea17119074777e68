package io.coldstream.core.verify;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Reads objects as closely as requested: always the checkpoints, and none, some or all of the
 * rest.
 */
final class ContentCheck {

  private final VerifyOptions.Depth depth;
  private final double samplePercent;
  private final DataCheck data;
  private final WholeCheck whole;
  private final Random random;
  private final RunListener listener;

  ContentCheck(
      VerifyOptions options,
      ObjectReader reader,
      Workers workers,
      Random random,
      RunListener listener) {
    this.depth = options.depth();
    this.samplePercent = options.samplePercent();
    this.data = new DataCheck(reader, workers, listener);
    this.whole = new WholeCheck(reader, workers, listener);
    this.random = random;
    this.listener = listener;
  }

  /**
   * What was read, and what was found.
   *
   * @param read the objects that were read
   * @param faults objects that are wrong
   * @param findings manifests whose sound objects do not fit together
   * @param notes what could not be read, and harms no restore
   */
  record Outcome(
      List<WantedObject> read,
      List<ObjectFault> faults,
      List<Finding> findings,
      List<String> notes) {}

  /** Reads, except what is wrong already; store failures end it. */
  Outcome run(Inventory inventory, Set<ObjectName> wrong)
      throws IOException, RunException, InterruptedException {
    List<WantedObject> chosen = chosen(inventory, wrong);
    listener.on(new RunEvent.Planned(chosen.size(), bytes(chosen), 0, 0));
    return switch (depth) {
      case STRUCTURE -> checkpoints(chosen);
      case SAMPLE -> new Outcome(chosen, data.run(chosen), List.of(), List.of());
      case DATA -> all(chosen, inventory);
    };
  }

  static long bytes(List<WantedObject> objects) {
    return objects.stream().mapToLong(o -> o.stored().lengthBytes()).sum();
  }

  /** Checkpoints, and none, all or some of the rest, but at least one. */
  private List<WantedObject> chosen(Inventory inventory, Set<ObjectName> wrong) {
    List<WantedObject> chosen = new ArrayList<>();
    List<WantedObject> rest = new ArrayList<>();
    for (WantedObject wanted : inventory.wanted()) {
      ObjectName name = wanted.stored().object();
      if (!wrong.contains(name)) {
        (Layout.CHECKPOINTS.holds(name) ? chosen : rest).add(wanted);
      }
    }
    Collections.shuffle(rest, random);
    int count = switch (depth) {
      case STRUCTURE -> 0;
      case SAMPLE -> (int) Math.ceil(rest.size() * samplePercent / 100);
      case DATA -> rest.size();
    };
    chosen.addAll(rest.subList(0, count));
    return chosen;
  }

  /** An identity that only writes may not read them. */
  private Outcome checkpoints(List<WantedObject> chosen)
      throws IOException, RunException, InterruptedException {
    try {
      return new Outcome(chosen, data.run(chosen), List.of(), List.of());
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ACCESS_DENIED) {
        throw e;
      }
      return new Outcome(
          List.of(),
          List.of(),
          List.of(),
          List.of(
              "the checkpoints were not compared with the manifests: this identity may not read "
                  + Layout.CHECKPOINTS));
    }
  }

  private Outcome all(List<WantedObject> chosen, Inventory inventory)
      throws IOException, RunException, InterruptedException {
    List<WantedObject> single = chosen.stream()
        .filter(o -> !inventory.segmented().holds(o.stored().object()))
        .toList();
    List<ObjectFault> faults = new ArrayList<>(data.run(single));
    List<Finding> findings = new ArrayList<>();
    for (WholeCheck.Outcome outcome : whole.segmented(inventory.segmented())) {
      faults.addAll(outcome.faults());
      findings.addAll(outcome.findings());
    }
    findings.addAll(whole.indexes(inventory.indexes()));
    return new Outcome(chosen, faults, findings, List.of());
  }
}
