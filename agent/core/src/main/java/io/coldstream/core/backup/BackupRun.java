package io.coldstream.core.backup;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.CaptureStep;
import io.coldstream.core.backup.capture.KnownFiles;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.backup.plan.BackupPlan;
import io.coldstream.core.backup.plan.KnownToRun;
import io.coldstream.core.backup.plan.LineageGate;
import io.coldstream.core.backup.plan.LineageRule;
import io.coldstream.core.backup.plan.NewestBackup;
import io.coldstream.core.backup.plan.Planner;
import io.coldstream.core.backup.plan.Uploaded;
import io.coldstream.core.backup.upload.ProgressNotes;
import io.coldstream.core.backup.upload.Sent;
import io.coldstream.core.backup.upload.UploadStep;
import io.coldstream.core.repository.RandomId;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.ForkedFrom;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One backup, step by step. Used once, by one thread.
 *
 * <p>Nothing refers to the uploaded objects until the manifest exists. They stay, whatever goes
 * wrong, and the next run uses them.
 */
public final class BackupRun {

  private final BackupRequest request;
  private final CaptureStep captures;
  private final Clock clock;
  private final Instant begun;
  private final RunListener listener;
  private final BackupPlace place;
  private final LineageGate gate;
  private final Planner planner;
  private final UploadStep upload;
  private final Commit commit;
  private final Repeats repeats;

  private BackupRun(BackupRequest request, BackupParts parts) throws RunException {
    request.check();
    String run = RandomId.next(parts.random());
    this.request = request;
    this.captures = parts.capture();
    this.clock = parts.clock();
    this.begun = clock.instant();
    this.listener = new DistinctWarnings(parts.listener());
    this.place =
        new BackupPlace(request, parts.store(), parts.hints(), clock, parts.random(), listener);
    this.gate = new LineageGate(
        new LineageRule(request.maxElectionLossBytes()), request.newLineage(), listener);
    this.planner = new Planner(
        parts.store(), run, request.recheck(), request.resend(), place.condemned(), listener);
    this.upload = new UploadStep(
        parts.store(),
        parts.workers(),
        new ProgressNotes(parts.store(), run, clock, listener),
        place.condemned(),
        listener);
    this.commit =
        new Commit(request, parts.agent(), parts.store(), run, clock, captures.serverVersion());
    this.repeats = new Repeats(request.url(), captures::pause, parts.random(), listener);
  }

  /**
   * Runs the backup.
   *
   * @param request what the user asked for
   * @param parts what it works with
   * @return how it went
   * @throws RunException {@link RunException.Kind#SOURCE_REFUSED} when the database is damaged or
   *     kept changing, {@link RunException.Kind#CONFLICT} when the repository is another database's
   *     or ahead of this node, or other writers kept winning, {@link RunException.Kind#INTERRUPTED}
   *     when the run was told to stop; what the store's failure means
   */
  public static BackupReport run(BackupRequest request, BackupParts parts) throws RunException {
    try {
      return new BackupRun(request, parts).untilDoneOrNoted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(
          RunException.Kind.INTERRUPTED,
          "stopped before the backup was committed; what was uploaded stays, and the next run"
              + " uses it",
          e);
    }
  }

  /** A run that ends without a manifest notes for the next one what it has stored. */
  private BackupReport untilDoneOrNoted() throws RunException, InterruptedException {
    try {
      return untilDone();
    } catch (RunException e) {
      if (e.kind() != RunException.Kind.STORE_UNAVAILABLE) {
        upload.noteRest(); // otherwise this would only fail again, as slowly
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
        repeats.moved(e, upload.soFar());
      }
    }
  }

  /** One capture and what follows from it; empty when another run changed the repository. */
  private Optional<BackupReport> attempt(int number)
      throws RunException, SourceMoved, InterruptedException {
    Optional<NewestBackup> newest = place.newest();
    try (Capture capture = captured(newest, number)) {
      Optional<Manifest> before = newest.map(NewestBackup::manifest);
      Optional<ForkedFrom> forkedFrom = gate.pass(capture, place.repository(), before);
      BackupPlan plan = planned(capture, newest);
      if (request.dryRun()) {
        return Optional.of(report(capture, plan, before, Optional.empty()));
      }
      boolean isNew = place.repository().isEmpty();
      Repository repository = place.forDatabase(capture.log().lineage().databaseId());
      if (isNew) {
        // Another run may have created it meanwhile, for another database.
        gate.pass(capture, Optional.of(repository), before);
      }
      Sent sent = sent(plan, capture);
      captures.recheck(capture);
      Optional<Manifest> manifest = place.isStill(newest) && !isCondemned(sent, newest)
          ? commit.create(place.nextSequence(), repository, capture, sent, forkedFrom)
          : Optional.empty();
      manifest.ifPresent(place::remember);
      return manifest.map(committed -> report(capture, plan, before, manifest));
    }
  }

  /**
   * Whether a prune removes something that this backup adds to what the newest one names. Asked after
   * everything was sent, with the last listing before the manifest; the next attempt avoids it.
   */
  private boolean isCondemned(Sent sent, Optional<NewestBackup> newest) throws RunException {
    for (ObjectName object : sent.added()) {
      if (place.condemned().holds(object) && (newest.isEmpty() || !newest.get().needs(object))) {
        return true;
      }
    }
    return false;
  }

  private Capture captured(Optional<NewestBackup> newest, int number)
      throws RunException, InterruptedException {
    listener.on(new RunEvent.StepStarted(Step.CAPTURE));
    KnownFiles known = newest.isPresent() ? newest.get() : KnownFiles.NONE;
    Capture capture =
        captures.capture(new KnownToRun(known, upload.soFar()), number, request.withoutIndex());
    capture.warnings().forEach(text -> listener.on(new RunEvent.Warning(text)));
    return capture;
  }

  private BackupPlan planned(Capture capture, Optional<NewestBackup> newest)
      throws RunException, SourceMoved, InterruptedException {
    listener.on(new RunEvent.StepStarted(Step.PLAN));
    try {
      BackupPlan plan = planner.plan(capture, newest, upload.soFar());
      listener.on(new RunEvent.Planned(
          plan.toSend().size(), plan.bytesToSend(), plan.presentFiles(), plan.presentBytes()));
      return plan;
    } catch (RunException e) {
      throw damageOf(capture, e);
    }
  }

  private Sent sent(BackupPlan plan, Capture capture)
      throws RunException, SourceMoved, InterruptedException {
    try {
      return upload.send(plan, capture);
    } catch (RunException e) {
      throw damageOf(capture, e);
    }
  }

  /**
   * A truncation rewrites files in place. A failure that it explains is not damage: the database is
   * captured again.
   */
  private RunException damageOf(Capture capture, RunException failure)
      throws RunException, SourceMoved, InterruptedException {
    if (failure.kind() == RunException.Kind.SOURCE_REFUSED) {
      captures.recheck(capture);
    }
    return failure;
  }

  private BackupReport report(
      Capture capture, BackupPlan plan, Optional<Manifest> before, Optional<Manifest> committed) {
    Uploaded uploaded = upload.soFar();
    boolean addsNothing =
        uploaded.addedObjects() == 0 && (committed.isPresent() || plan.toSend().isEmpty());
    Optional<Long> sameAs = before
        .filter(b -> addsNothing
            && b.log().positions().restorePoint() == capture.log().positions().restorePoint())
        .map(Manifest::sequence);
    return new BackupReport(
        place.isCreated(),
        plan,
        committed,
        sameAs,
        capture.log(),
        capture.number(),
        uploaded,
        Duration.between(begun, clock.instant()));
  }
}
