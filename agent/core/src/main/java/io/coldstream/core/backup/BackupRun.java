package io.coldstream.core.backup;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.backup.plan.BackupPlan;
import io.coldstream.core.backup.plan.LineageGate;
import io.coldstream.core.backup.plan.NewestBackup;
import io.coldstream.core.backup.plan.Planner;
import io.coldstream.core.backup.upload.UploadStep;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.ForkedFrom;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.support.failure.RunException;
import java.util.List;
import java.util.Optional;

/**
 * One backup: shows the order of its steps. Used once, by one thread.
 *
 * <p>Nothing refers to what is uploaded before the manifest is there; what was uploaded stays,
 * whatever goes wrong, and the next run uses it.
 */
public final class BackupRun {

  private final BackupTools tools;
  private final BackupPlace place;
  private final LineageGate gate;
  private final Planner planner;
  private final UploadStep upload;
  private final Commit commit;
  private final Repeats repeats;

  private BackupRun(BackupTools tools) throws RunException {
    this.tools = tools;
    this.place = tools.place();
    this.gate = tools.gate();
    this.planner = tools.planner();
    this.upload = tools.upload();
    this.commit = tools.commit();
    this.repeats = tools.repeats();
  }

  /**
   * Makes a backup.
   *
   * @param options what the user asked for
   * @param parts what it works with
   * @return how it went
   * @throws RunException {@link RunException.Kind#SOURCE_REFUSED} when the database is damaged or
   *     would not hold still, {@link RunException.Kind#CONFLICT} when the repository is another
   *     database's or ahead of this node, or other writers kept winning, {@link
   *     RunException.Kind#INTERRUPTED} when the run was told to stop; what the store's failure means
   */
  public static BackupReport run(BackupOptions options, BackupParts parts) throws RunException {
    try {
      return new BackupRun(new BackupTools(options, parts)).untilDoneOrNoted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(
          RunException.Kind.INTERRUPTED,
          "stopped before the backup was committed; what was uploaded stays, the next run uses it",
          e);
    }
  }

  /** What a run that ends without a manifest has stored is noted for the next one. */
  private BackupReport untilDoneOrNoted() throws RunException, InterruptedException {
    try {
      return untilDone();
    } catch (RunException e) {
      if (e.kind() != RunException.Kind.STORE_UNAVAILABLE) {
        upload.noteRest(); // else this would only fail once more, as slowly
      }
      throw e;
    } catch (InterruptedException e) {
      upload.noteRest();
      throw e;
    }
  }

  private BackupReport untilDone() throws RunException, InterruptedException {
    for (int number = 1; ; number++) {
      try {
        Optional<BackupReport> report = attempt(number);
        if (report.isPresent()) {
          return report.get();
        }
        repeats.lost();
      } catch (SourceMoved e) {
        repeats.moved(e);
      }
    }
  }

  /** One capture and what follows from it; empty when another run changed the repository. */
  private Optional<BackupReport> attempt(int number)
      throws RunException, SourceMoved, InterruptedException {
    Optional<NewestBackup> newest = place.newest();
    try (Capture capture = tools.capture(newest, number)) {
      tools.announce(capture);
      Optional<Manifest> before = newest.map(NewestBackup::manifest);
      Optional<ForkedFrom> forkedFrom = gate.pass(capture, place.repository(), before);
      BackupPlan plan = planned(capture, newest);
      if (tools.isDryRun()) {
        return Optional.of(tools.report(capture, plan, before, Optional.empty()));
      }
      boolean isNew = place.repository().isEmpty();
      Repository repository = place.forDatabase(capture.lineage().databaseId());
      if (isNew) {
        gate.pass(capture, Optional.of(repository), before); // another database's may have come up
      }
      List<PageEntry> pages = sent(plan, capture);
      tools.recheck(capture);
      Optional<Manifest> manifest = place.isStill(newest)
          ? commit.create(place.nextSequence(), repository, capture, plan, pages, forkedFrom)
          : Optional.empty();
      manifest.ifPresent(place::remember);
      return manifest.map(committed -> tools.report(capture, plan, before, manifest));
    }
  }

  private BackupPlan planned(Capture capture, Optional<NewestBackup> newest)
      throws RunException, SourceMoved, InterruptedException {
    try {
      return tools.announced(planner.plan(capture, newest));
    } catch (RunException e) {
      throw damageOf(capture, e);
    }
  }

  private List<PageEntry> sent(BackupPlan plan, Capture capture)
      throws RunException, SourceMoved, InterruptedException {
    try {
      upload.send(plan, capture);
    } catch (RunException e) {
      throw damageOf(capture, e);
    }
    return upload.sendPages(plan);
  }

  /** A truncation rewrites files in place: what it explains is no damage, but captured again. */
  private RunException damageOf(Capture capture, RunException failure)
      throws RunException, SourceMoved, InterruptedException {
    if (failure.kind() == RunException.Kind.SOURCE_REFUSED) {
      tools.recheck(capture);
    }
    return failure;
  }
}
