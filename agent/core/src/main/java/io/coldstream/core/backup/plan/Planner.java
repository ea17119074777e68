package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a capture with what the store has. */
public final class Planner {

  private final Resends resends;
  private final CheckpointPlanner checkpoints;
  private final ObjectChoice choice;
  private final ChunkPlanner chunks;
  private final ActivePlanner active;

  /**
   * A planner for one run.
   *
   * @param store where the repository is
   * @param options what the plans shall do beyond the usual
   * @param stored what the run knows to be on the store
   * @param listener is warned of what cannot be used
   * @throws RunException {@link RunException.Kind#USAGE} when an object is to be sent again that no
   *     node can have
   */
  public Planner(ObjectStore store, PlanOptions options, StoredObjects stored, RunListener listener)
      throws RunException {
    this.resends = new Resends(options.resend());
    this.choice =
        new ObjectChoice(store, options, stored, new EarlierNotes(store, listener), resends);
    this.checkpoints = new CheckpointPlanner(options, resends);
    this.chunks = new ChunkPlanner(options, choice, resends);
    this.active = new ActivePlanner(choice, resends);
  }

  /**
   * Plans a backup. An unchanged file costs no request; {@code chunks/} and {@code index/} are
   * listed only when something must be sent that no manifest names.
   *
   * @param capture what is to be backed up
   * @param newest what the newest backup holds
   * @return the complete plan
   * @throws RunException {@link RunException.Kind#SOURCE_REFUSED} when a file is damaged; what the
   *     store's failure means
   * @throws SourceMoved when the database moved on: capture again
   * @throws InterruptedException when the run is to stop
   */
  public BackupPlan plan(Capture capture, Optional<NewestBackup> newest)
      throws RunException, SourceMoved, InterruptedException {
    PlannedCheckpoints small = checkpoints.plan(capture, newest);
    List<PlannedFile> index = new ArrayList<>();
    for (DatabaseFile file : capture.index()) {
      index.add(choice.draft(capture, file, newest));
    }
    index = choice.choose(capture, Layout.INDEX, index);
    var pages = chunks.plan(capture, newest);
    Optional<PlannedFile> log = capture.active().isPresent()
        ? Optional.of(active.plan(capture, capture.active().get(), newest))
        : Optional.empty();
    resends.requireAllMet();
    return new BackupPlan(small, index, pages, log);
  }
}
