package io.coldstream.core.prune;

import io.coldstream.core.prune.marks.StoredMarks;
import io.coldstream.core.repository.Condemnation;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.RandomId;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.StoredDocument;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.SweepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One prune, step by step. Used once, by one thread.
 *
 * <p>First it says in documents what it removes; then it removes manifests, then objects that an earlier
 * run had condemned. Wherever it is cut off, what is left refers only to objects that are there.
 */
public final class PruneRun {

  /** The port never removes a running upload when the limit is a day or more. */
  private static final Duration LEAST_UPLOAD_AGE = Duration.ofDays(1);

  private final PruneRequest request;
  private final PruneParts parts;
  private final Repository repository;
  private final String run;
  private final Instant begun;
  private final Needs needs;
  private final BackupReader reader;
  private final Deletion deletion;
  private final Deletion housekeeping;
  private int documents;

  private PruneRun(PruneRequest request, PruneParts parts) {
    this.request = request;
    this.parts = parts;
    this.repository = parts.repository();
    this.run = RandomId.next(parts.random());
    this.begun = parts.clock().instant();
    this.reader = new BackupReader(repository, parts.workers());
    this.needs = new Needs(repository, reader);
    this.deletion = new Deletion(repository.store());
    this.housekeeping = new Deletion(repository.store());
  }

  /**
   * Runs the prune.
   *
   * @param request what the user asked for
   * @param parts what it works with
   * @return how it went
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when a manifest, a page, a mark or a document
   *     of an earlier prune cannot be read: nothing more is removed then; {@link Kind#NO_ACCESS} when
   *     the store refused to remove anything; {@link Kind#INTERRUPTED} when the run was told to stop;
   *     what the store's failure means
   */
  public static PruneReport run(PruneRequest request, PruneParts parts) throws RunException {
    try {
      return new PruneRun(request, parts).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(
          Kind.INTERRUPTED,
          "stopped before everything was removed; every backup that is left is complete, and the next"
              + " prune removes the rest",
          e);
    }
  }

  private PruneReport run() throws RunException, InterruptedException {
    parts.listener().on(new RunEvent.StepStarted(Step.PLAN));
    if (!request.confirmed()) {
      return report(plan(Inventory.of(repository), begun), Optional.empty());
    }
    ObjectName mark = Condemnation.name(run, documents++);
    createNew(mark, List.of(), List.of());
    Instant now = storeTime(mark);
    Inventory inventory = Inventory.of(repository);
    PrunePlan plan = plan(inventory, now);
    condemn(plan);
    parts.listener().on(new RunEvent.StepStarted(Step.PRUNE));
    List<Long> removed = removeBackups(plan, inventory);
    for (Map.Entry<ObjectName, Set<ObjectName>> document : plan.documents().entrySet()) {
      carryOut(document.getKey(), document.getValue(), inventory);
    }
    housekeeping.deleteAll(plan.leftovers(), inventory);
    housekeeping.deleteAll(List.of(mark), inventory);
    SweepResult uploads = sweep();
    requireAllowed();
    return report(
        plan,
        Optional.of(new PruneReport.Done(
            removed,
            deletion.deleted(),
            deletion.refused().plus(housekeeping.refused()),
            refusal().map(StoreException::getMessage),
            uploads)));
  }

  private PrunePlan plan(Inventory inventory, Instant now)
      throws RunException, InterruptedException {
    return new PrunePlanner(repository, inventory, request, reader, needs, now).plan();
  }

  private Optional<StoreException> refusal() {
    return deletion.refusal().or(housekeeping::refusal);
  }

  /** Single objects may be locked. An identity that cannot even remove its own mark may not delete. */
  private void requireAllowed() throws RunException {
    if (refusal().isPresent()
        && deletion.deleted().objects() + housekeeping.deleted().objects() == 0) {
      throw RunException.of(refusal().get());
    }
  }

  private PruneReport report(PrunePlan plan, Optional<PruneReport.Done> done) {
    return new PruneReport(plan, done, Duration.between(begun, parts.clock().instant()));
  }

  /** The store's time, from what was just created. */
  private Instant storeTime(ObjectName mark) throws RunException {
    AtomicReference<Instant> time = new AtomicReference<>();
    try {
      ListPages.each(repository.store(), Layout.MANIFESTS, before(mark), page -> {
        time.set(page.times().get(mark));
        return page.objects().isEmpty();
      });
    } catch (StoreException e) {
      throw RunException.of(e);
    }
    if (time.get() == null) {
      throw new RunException(
          Kind.INTERNAL,
          repository.url() + ": the store does not tell when " + mark
              + " was created; without its time nothing can be removed safely");
    }
    return time.get();
  }

  private static ListCursor before(ObjectName name) {
    return ListCursor.after(
        new ObjectName(name.value().substring(0, name.value().length() - 1)));
  }

  /** Says what is removed, before anything is. */
  private void condemn(PrunePlan plan) throws RunException {
    List<Long> backups = plan.removed();
    List<ObjectName> objects = plan.condemned();
    for (int from = 0; from < objects.size() || !backups.isEmpty(); ) {
      int to = Math.min(from + Condemnation.MAX_OBJECTS, objects.size());
      createNew(Condemnation.name(run, documents++), backups, objects.subList(from, to));
      backups = List.of();
      from = to;
    }
  }

  private void createNew(ObjectName name, List<Long> backups, List<ObjectName> objects)
      throws RunException {
    if (!create(name, backups, objects)) {
      throw new RunException(Kind.INTERNAL, name + " exists already, with other content");
    }
  }

  private boolean create(ObjectName name, List<Long> backups, List<ObjectName> objects)
      throws RunException {
    Condemnation document =
        new Condemnation(repository.info().id(), parts.clock().instant(), backups, objects);
    return StoredDocument.create(repository.store(), name, document.bytes());
  }

  /** Removes manifests, unless a mark was set meanwhile; whatever is listed afterwards is a backup. */
  private List<Long> removeBackups(PrunePlan plan, Inventory inventory)
      throws RunException, InterruptedException {
    Set<Long> marked = new StoredMarks(repository).kept().keySet();
    List<Long> removed =
        plan.removed().stream().filter(sequence -> !marked.contains(sequence)).toList();
    deletion.deleteAll(removed.stream().map(Layout::manifest).toList(), inventory);
    Set<Long> left = new HashSet<>(needs.addListed());
    return removed.stream().filter(sequence -> !left.contains(sequence)).toList();
  }

  /** Removes the objects of a document. Before each batch the backups are listed again. */
  private void carryOut(ObjectName document, Collection<ObjectName> objects, Inventory inventory)
      throws RunException, InterruptedException {
    for (List<ObjectName> batch : Deletion.batches(List.copyOf(objects))) {
      needs.addListed();
      deletion.deleteAll(batch.stream().filter(name -> !needs.holds(name)).toList(), inventory);
    }
    // Of two prunes at once, one says so.
    create(Condemnation.done(document), List.of(), List.of());
  }

  private SweepResult sweep() throws RunException {
    Duration age =
        request.grace().compareTo(LEAST_UPLOAD_AGE) < 0 ? LEAST_UPLOAD_AGE : request.grace();
    try {
      return repository.store().sweep(ObjectPrefix.ALL, age);
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }
}
