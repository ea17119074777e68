package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans a backup from a capture and the content of the store. */
public final class Planner {

  private final ObjectStore store;
  private final boolean recheck;
  private final Resends resends;
  private final CheckpointPlanner checkpoints;
  private final EarlierNotes notes;

  /**
   * A planner for one run.
   *
   * @param store where the repository is
   * @param run the run's id, which names the folder of the small files
   * @param recheck whether presence and length of every object are checked, also of those that a
   *     manifest names
   * @param resend objects to upload again under another name, because the stored ones are damaged
   * @param listener is warned of what cannot be used
   * @throws RunException {@link RunException.Kind#USAGE} when one of these objects is not made of a
   *     file of the database
   */
  public Planner(
      ObjectStore store, String run, boolean recheck, Set<ObjectName> resend, RunListener listener)
      throws RunException {
    this.store = store;
    this.recheck = recheck;
    this.resends = new Resends(resend);
    this.checkpoints = new CheckpointPlanner(run, recheck, resends);
    this.notes = new EarlierNotes(store, listener);
  }

  /**
   * Plans a backup. An unchanged file costs no request; {@code chunks/} and {@code index/} are
   * listed only when something must be sent that no manifest names.
   *
   * @param capture what is to be backed up
   * @param newest what the newest backup holds
   * @param uploaded what the run has uploaded so far
   * @return the complete plan
   * @throws RunException {@link RunException.Kind#SOURCE_REFUSED} when a file is damaged; what the
   *     store's failure means
   * @throws SourceMoved when the database changed: capture again
   * @throws InterruptedException when the run is to stop
   */
  public BackupPlan plan(Capture capture, Optional<NewestBackup> newest, Uploaded uploaded)
      throws RunException, SourceMoved, InterruptedException {
    ObjectChoice choice = new ObjectChoice(store, recheck, uploaded, notes, resends);
    PlannedCheckpoints small = checkpoints.plan(capture, newest);
    List<PlannedFile> index = new ArrayList<>();
    for (DatabaseFile file : capture.files().index()) {
      index.add(choice.draft(capture, file, newest));
    }
    index = choice.choose(capture, Layout.INDEX, index);
    var pages = new ChunkPlanner(recheck, choice, resends).plan(capture, newest);
    Optional<PlannedFile> log = capture.files().active().isPresent()
        ? Optional.of(new ActivePlanner(choice, resends)
            .plan(capture, capture.files().active().get(), newest))
        : Optional.empty();
    resends.requireAllFound();
    return new BackupPlan(small, index, pages, log);
  }
}
