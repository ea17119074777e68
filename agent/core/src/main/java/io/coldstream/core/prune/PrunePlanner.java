package io.coldstream.core.prune;

import io.coldstream.core.prune.marks.KeepMark;
import io.coldstream.core.prune.marks.StoredMarks;
import io.coldstream.core.prune.policy.DatedBackup;
import io.coldstream.core.prune.policy.Decision;
import io.coldstream.core.repository.Amount;
import io.coldstream.core.repository.Condemnation;
import io.coldstream.core.repository.Condemned;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.NoBackup;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plans a prune. Objects are listed before the manifests are read, so that what a backup adds meanwhile
 * is not seen. Used once.
 */
final class PrunePlanner {

  private final Repository repository;
  private final Inventory inventory;
  private final PruneRequest request;
  private final BackupReader reader;
  private final Needs needs;
  private final Instant now;

  /**
   * A planner.
   *
   * @param inventory what the repository held before this
   * @param needs receives what the kept backups need
   * @param now the store's time
   */
  PrunePlanner(
      Repository repository,
      Inventory inventory,
      PruneRequest request,
      BackupReader reader,
      Needs needs,
      Instant now) {
    this.repository = repository;
    this.inventory = inventory;
    this.request = request;
    this.reader = reader;
    this.needs = needs;
    this.now = now;
  }

  PrunePlan plan() throws RunException, InterruptedException {
    List<StoredBackup> backups = reader.read(inventory.backups());
    if (backups.isEmpty()) {
      throw NoBackup.found(repository);
    }
    List<Decision> decisions = decide(backups);
    Set<Long> kept = decisions.stream()
        .filter(Decision::isKept)
        .map(decision -> decision.backup().sequence())
        .collect(Collectors.toSet());
    needs.add(backups.stream().filter(b -> kept.contains(b.dated().sequence())).toList());
    Earlier earlier = earlier();
    List<ObjectName> condemned = new ArrayList<>();
    List<ObjectName> young = new ArrayList<>();
    inventory.objects().forEach((name, entry) -> {
      if (Layout.isNamedByManifests(name) && !needs.holds(name) && !earlier.holds(name)) {
        (entry.isOlder(request.grace(), now) ? condemned : young).add(name);
      }
    });
    List<ObjectName> leftovers = new ArrayList<>(earlier.obsolete);
    leftovers.addAll(new Leftovers(inventory, kept, request.grace(), now).find());
    return new PrunePlan(
        decisions,
        condemned,
        earlier.documents,
        leftovers,
        new PrunePlan.Amounts(
            amount(decisions.stream()
                .filter(decision -> !decision.isKept())
                .map(decision -> Layout.manifest(decision.backup().sequence()))
                .toList()),
            amount(condemned),
            amount(earlier.ripe),
            amount(earlier.waiting),
            amount(young),
            amount(leftovers)));
  }

  private Amount amount(Collection<ObjectName> names) {
    Amount sum = Amount.NONE;
    for (ObjectName name : names) {
      sum = sum.plus(inventory.lengthBytes(name));
    }
    return sum;
  }

  /** The rules, the marks, and the age of the manifest. */
  private List<Decision> decide(List<StoredBackup> backups) throws RunException {
    Map<Long, KeepMark> marks = new StoredMarks(repository).kept();
    List<DatedBackup> dated = backups.stream().map(StoredBackup::dated).toList();
    List<Decision> decisions = new ArrayList<>();
    for (Decision decision : request.policy().apply(dated, now)) {
      long sequence = decision.backup().sequence();
      Decision decided = decision;
      if (marks.containsKey(sequence)) {
        decided =
            decided.because(marks.get(sequence).reason().map(r -> "mark: " + r).orElse("mark"));
      }
      boolean settled = inventory
          .find(Layout.manifest(sequence))
          .filter(manifest -> manifest.isOlder(request.settled(), now))
          .isPresent();
      decisions.add(decided.isKept() || settled ? decided : decided.because("too new to remove"));
    }
    return decisions;
  }

  /** What earlier prunes have condemned. */
  private static final class Earlier {
    private final Map<ObjectName, Set<ObjectName>> documents = new HashMap<>();
    private final Set<ObjectName> ripe = new HashSet<>();
    private final Set<ObjectName> waiting = new HashSet<>();
    private final List<ObjectName> obsolete = new ArrayList<>();

    boolean holds(ObjectName name) {
      return ripe.contains(name) || waiting.contains(name);
    }
  }

  private Earlier earlier() throws RunException {
    Earlier earlier = new Earlier();
    for (ObjectName document : inventory.condemnations()) {
      ObjectName done = Condemnation.done(document);
      Optional<Inventory.Entry> wasDone = inventory.find(done);
      if (wasDone.isPresent()) {
        if (wasDone.get().isOlder(request.grace(), now)) {
          earlier.obsolete.addAll(List.of(document, done));
        }
        continue;
      }
      Optional<Condemnation> found = Condemned.find(repository, document);
      if (found.isEmpty()) {
        continue;
      }
      Set<ObjectName> left = new TreeSet<>();
      for (ObjectName name : found.get().objects()) {
        if (Layout.isNamedByManifests(name)
            && inventory.find(name).isPresent()
            && !needs.holds(name)) {
          left.add(name);
        }
      }
      if (inventory.find(document).orElseThrow().isOlder(request.grace(), now)) {
        earlier.documents.put(document, left);
        earlier.ripe.addAll(left);
      } else {
        earlier.waiting.addAll(left);
      }
    }
    earlier.waiting.removeAll(earlier.ripe);
    addForgotten(earlier);
    return earlier;
  }

  /** What says that a document was carried out, where the document is gone: the removal was cut off. */
  private void addForgotten(Earlier earlier) {
    for (ObjectName name : inventory.under(Layout.MANIFESTS).keySet()) {
      if (Condemnation.isDone(name) && inventory.find(Condemnation.ofDone(name)).isEmpty()) {
        earlier.obsolete.add(name);
      }
    }
  }
}
