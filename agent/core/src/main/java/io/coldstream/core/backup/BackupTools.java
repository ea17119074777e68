package io.coldstream.core.backup;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.KnownFiles;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.backup.plan.BackupPlan;
import io.coldstream.core.backup.plan.KnownToRun;
import io.coldstream.core.backup.plan.LineageGate;
import io.coldstream.core.backup.plan.LineageRule;
import io.coldstream.core.backup.plan.NewestBackup;
import io.coldstream.core.backup.plan.PlanOptions;
import io.coldstream.core.backup.plan.Planner;
import io.coldstream.core.backup.plan.StoredObjects;
import io.coldstream.core.backup.upload.ProgressNotes;
import io.coldstream.core.backup.upload.UploadStep;
import io.coldstream.core.repository.RandomId;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Puts the steps of one run together, and tells what they do. */
final class BackupTools {

  private final BackupOptions options;
  private final BackupParts parts;
  private final String run;
  private final Instant begun;
  private final StoredObjects stored = new StoredObjects();
  private final Warnings listener;
  private final BackupPlace place;

  BackupTools(BackupOptions options, BackupParts parts) throws RunException {
    options.check();
    this.options = options;
    this.parts = parts;
    this.run = RandomId.next(parts.random());
    this.begun = parts.clock().instant();
    this.listener = new Warnings(parts.listener());
    this.place = new BackupPlace(options, parts, listener);
  }

  BackupPlace place() {
    return place;
  }

  LineageGate gate() {
    return new LineageGate(
        new LineageRule(options.maxElectionLossBytes()), options.newLineage(), listener);
  }

  Planner planner() throws RunException {
    return new Planner(
        parts.store(), new PlanOptions(run, options.recheck(), options.resend()), stored, listener);
  }

  UploadStep upload() {
    ProgressNotes notes = new ProgressNotes(parts.store(), run, parts.clock(), listener);
    return new UploadStep(parts.store(), parts.workers(), stored, notes, listener);
  }

  Commit commit() {
    return new Commit(options, parts.store(), run, parts.clock(), stored);
  }

  Repeats repeats() {
    return new Repeats(options.url(), stored, parts.pause(), parts.random(), listener);
  }

  boolean isDryRun() {
    return options.dryRun();
  }

  Capture capture(Optional<NewestBackup> newest, int number)
      throws RunException, InterruptedException {
    listener.on(new RunEvent.StepStarted(Step.CAPTURE));
    KnownFiles known = newest.isPresent() ? newest.get() : KnownFiles.NONE;
    return parts.capture().capture(new KnownToRun(known, stored), number);
  }

  void announce(Capture capture) {
    capture.warnings().forEach(text -> listener.on(new RunEvent.Warning(text)));
    listener.on(new RunEvent.StepStarted(Step.PLAN));
  }

  void recheck(Capture capture) throws SourceMoved, RunException, InterruptedException {
    parts.capture().recheck(capture);
  }

  BackupPlan announced(BackupPlan plan) {
    listener.on(new RunEvent.Planned(
        plan.toSend().size(), plan.bytesToSend(), plan.presentFiles(), plan.presentBytes()));
    return plan;
  }

  BackupReport report(
      Capture capture, BackupPlan plan, Optional<Manifest> before, Optional<Manifest> committed) {
    boolean addsNothing =
        stored.addedObjects() == 0 && (committed.isPresent() || plan.toSend().isEmpty());
    Optional<Long> sameAs = before
        .filter(b ->
            addsNothing && b.positions().restorePoint() == capture.positions().restorePoint())
        .map(Manifest::sequence);
    return new BackupReport(
        options.url(),
        place.isMade(),
        plan,
        committed,
        sameAs,
        capture.positions().restorePoint(),
        capture.restorePointTime(),
        capture.number(),
        stored.addedObjects(),
        stored.addedBytes(),
        stored.resumedObjects(),
        stored.resumedParts(),
        Duration.between(begun, parts.clock().instant()),
        listener.all());
  }
}
