package io.coldstream.core.backup.upload;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.backup.plan.BackupPlan;
import io.coldstream.core.backup.plan.BackupPlan.Group;
import io.coldstream.core.backup.plan.PlannedObject;
import io.coldstream.core.backup.plan.PlannedObject.Presence;
import io.coldstream.core.backup.plan.Uploaded;
import io.coldstream.core.repository.Condemned;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Uploads the objects of a plan in the documented order: checkpoints, index, chunks, pages. */
public final class UploadStep {

  private final Workers workers;
  private final UploadTally tally = new UploadTally();
  private final ProgressNotes notes;
  private final RunListener listener;
  private final ObjectUpload objects;
  private final PageUpload pages;

  /**
   * A step of one run.
   *
   * @param store the destination
   * @param workers how many objects at once
   * @param notes tells later runs what was uploaded
   * @param condemned what prunes remove
   * @param listener receives the progress
   */
  public UploadStep(
      ObjectStore store,
      Workers workers,
      ProgressNotes notes,
      Condemned condemned,
      RunListener listener) {
    this.workers = workers;
    this.notes = notes;
    this.listener = listener;
    this.objects = new ObjectUpload(store, tally, notes, listener);
    this.pages = new PageUpload(store, tally, condemned);
  }

  /**
   * Uploads every object that the plan says is missing, reads those whose digest is unknown, and
   * uploads the pages that changed.
   *
   * @param plan what to upload
   * @param capture the source
   * @return the plan, all of it stored
   * @throws RunException {@link RunException.Kind#SOURCE_REFUSED} when a file is damaged, nothing
   *     of which was stored; what the store's failure means
   * @throws SourceMoved when the database changed: capture again
   * @throws InterruptedException when the run is to stop
   */
  public Sent send(BackupPlan plan, Capture capture)
      throws RunException, SourceMoved, InterruptedException {
    for (Group group : Group.values()) {
      listener.on(new RunEvent.StepStarted(step(group)));
      List<Workers.Task<Void>> tasks = new ArrayList<>();
      for (PlannedObject object : plan.objects(group)) {
        if (object.presence() == Presence.STORED && object.sha256().isPresent()) {
          tally.found(new StoredBytes(
              object.name(), object.lengthBytes(), object.sha256().get()));
          ObjectUpload.release(object.file(), capture.pins());
        } else if (object.presence() != Presence.KNOWN) {
          tasks.add(() -> objects.upload(object, capture));
        }
      }
      all(tasks);
    }
    return new Sent(plan, pages(plan), soFar());
  }

  private List<PageEntry> pages(BackupPlan plan)
      throws RunException, SourceMoved, InterruptedException {
    listener.on(new RunEvent.StepStarted(Step.COMMIT));
    Uploaded uploaded = soFar();
    List<Workers.Task<PageEntry>> tasks = new ArrayList<>();
    plan.pages().forEach(page -> tasks.add(() -> pages.upload(page, uploaded)));
    return all(tasks);
  }

  /** {@return what the run has uploaded so far; complete when nothing is being sent} */
  public Uploaded soFar() {
    return tally.soFar();
  }

  /** Writes the pending progress note, for a run that ends without a manifest. */
  public void noteRest() {
    notes.write();
  }

  /** Does all at once, within bounds; the barrier between the groups is that this returns. */
  private <T> List<T> all(List<Workers.Task<T>> tasks)
      throws RunException, SourceMoved, InterruptedException {
    try {
      return workers.all(tasks);
    } catch (SourceMoved e) {
      throw e;
    } catch (IOException e) {
      throw new RunException(RunException.Kind.INTERNAL, "upload failed: " + e, e);
    }
  }

  private static Step step(Group group) {
    return switch (group) {
      case CHECKPOINTS -> Step.UPLOAD_CHECKPOINTS;
      case INDEX -> Step.UPLOAD_INDEX;
      case CHUNKS, ACTIVE -> Step.UPLOAD_CHUNKS;
    };
  }
}
