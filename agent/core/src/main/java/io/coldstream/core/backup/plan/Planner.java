package io.coldstream.core.backup.plan;

import static java.util.stream.Collectors.joining;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.repository.Condemned;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.support.events.RunEvent;
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

  private static final int MOST_NAMES = 3;

  private final ObjectStore store;
  private final boolean recheck;
  private final Resends resends;
  private final CheckpointPlanner checkpoints;
  private final EarlierNotes notes;
  private final Condemned condemned;
  private final RunListener listener;

  /**
   * A planner for one run.
   *
   * @param store where the repository is
   * @param run the run's id, which names the folder of the small files
   * @param recheck whether presence and length of every object are looked up, not only
   *     those of a share
   * @param resend objects to upload again under another name, because the stored ones are damaged
   * @param condemned what prunes remove
   * @param listener is warned of what cannot be used
   * @throws RunException {@link RunException.Kind#USAGE} when one of these objects is not made of a
   *     file of the database
   */
  public Planner(
      ObjectStore store,
      String run,
      boolean recheck,
      Set<ObjectName> resend,
      Condemned condemned,
      RunListener listener)
      throws RunException {
    this.store = store;
    this.recheck = recheck;
    this.resends = new Resends(resend);
    this.checkpoints = new CheckpointPlanner(run, recheck, resends);
    this.notes = new EarlierNotes(store, listener);
    this.condemned = condemned;
    this.listener = listener;
  }

  /**
   * Plans a backup. An unchanged file costs no request, except in the share of them that is looked up
   * each time; otherwise {@code chunks/} and {@code index/} are listed only when something must be
   * sent that no manifest names.
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
    Recheck looked = Recheck.of(recheck, capture.files().completed(), newest);
    ObjectChoice choice = new ObjectChoice(store, looked, uploaded, notes, condemned, resends);
    PlannedCheckpoints small = checkpoints.plan(capture, newest);
    List<PlannedFile> index = new ArrayList<>();
    for (DatabaseFile file : capture.files().index()) {
      index.add(choice.draft(capture, file, newest));
    }
    index = choice.choose(capture, Layout.INDEX, index);
    var pages = new ChunkPlanner(looked, choice, resends).plan(capture, newest);
    Optional<PlannedFile> log = capture.files().active().isPresent()
        ? Optional.of(new ActivePlanner(choice, resends)
            .plan(capture, capture.files().active().get(), newest))
        : Optional.empty();
    resends.requireAllFound();
    warnOfLoss(choice.lost());
    return new BackupPlan(small, index, pages, log);
  }

  private void warnOfLoss(Set<ObjectName> lost) {
    if (!lost.isEmpty()) {
      boolean one = lost.size() == 1;
      listener.on(new RunEvent.Warning(lost.size()
          + (one ? " object of earlier backups was" : " objects of earlier backups were")
          + " gone from the repository, or had another length: "
          + lost.stream().limit(MOST_NAMES).map(ObjectName::value).collect(joining(", "))
          + (lost.size() > MOST_NAMES ? ", and others" : "")
          + ". This backup uploads " + (one ? "it" : "them")
          + " again. Something removes or alters objects there, for"
          + " example a lifecycle rule: find it, then run coldstream backup --recheck, and"
          + " coldstream verify for the backups before"));
    }
  }
}
