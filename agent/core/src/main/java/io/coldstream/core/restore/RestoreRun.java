package io.coldstream.core.restore;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.restore.RestoreReport.Outcome;
import io.coldstream.core.restore.fetch.DownloadStep;
import io.coldstream.core.restore.plan.PlannedFile.Place;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.restore.plan.RestorePlanner;
import io.coldstream.core.restore.target.ArrangeStep;
import io.coldstream.core.restore.target.Discard;
import io.coldstream.core.restore.target.Finished;
import io.coldstream.core.restore.target.Preflight;
import io.coldstream.core.restore.target.ReusedDatabase;
import io.coldstream.core.restore.target.SetAside;
import io.coldstream.core.restore.target.SpaceNeed;
import io.coldstream.core.restore.target.StartGuard;
import io.coldstream.core.restore.target.Target;
import io.coldstream.core.restore.target.TargetContents;
import io.coldstream.core.restore.target.TargetOwner;
import io.coldstream.core.restore.target.TargetUse;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskException;
import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Runs a restore step by step: preflight, plan, start guard, download, arrange, checkpoints. Until
 * chaser.chk is written last, the target carries the start guard. A run that ended early is resumed
 * by running it again. Used by one thread.
 */
public final class RestoreRun {

  private final Disk disk;
  private final TargetUse use;
  private final Workers workers;
  private final Clock clock;
  private final RunListener listener;

  /**
   * Puts a run together.
   *
   * @param disk where the target is
   * @param use finds out whether another process uses it
   * @param workers fetch files
   * @param clock dates what the restore leaves behind
   * @param listener receives the progress
   */
  public RestoreRun(Disk disk, TargetUse use, Workers workers, Clock clock, RunListener listener) {
    this.disk = disk;
    this.use = use;
    this.workers = workers;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Runs the restore.
   *
   * @param repository where from; its store tries again by itself
   * @param request what is wanted
   * @return what was done
   * @throws RunException {@link Kind#TARGET_REFUSED} when the target must not, or cannot, be written
   *     to; {@link Kind#REPOSITORY_DAMAGED} when the backup is not what it should be; what a store's
   *     failure means. After any of them the target is as it was, or carries the mark
   */
  public RestoreReport run(Repository repository, RestoreRequest request) throws RunException {
    return translating(request.target(), () -> {
      listener.on(new RunEvent.StepStarted(Step.PREFLIGHT));
      Target target = Target.of(disk, request.target(), request.index());
      Preflight preflight = new Preflight(disk, use);
      TargetContents found = preflight.look(target, request.reuse());
      RestorePlan plan = new RestorePlanner(
              repository, request.checkpointMode(), request.maxDropBytes(), request.withoutIndex())
          .plan(request.point(), found.remembered(repository.info().id()));
      plan.warning().ifPresent(text -> listener.on(new RunEvent.Warning(text)));
      if (found.state() == TargetContents.State.COMMITTED) {
        return finished(request, target, preflight, found, plan);
      }
      found.requireSame(plan, target);
      if (found.state() == TargetContents.State.REUSABLE) {
        new ReusedDatabase(disk, target).requireSame(plan);
      }
      preflight.requireWritable(target);
      Disk ours = preflight.forOwner(target, request.place().owner());
      List<SpaceNeed> space = preflight.space(target, plan);
      Preflight.requireSpace(space);
      if (request.dryRun()) {
        return report(Outcome.PLANNED, request, target, plan, space, 0, List.of());
      }
      return restore(repository, request, target, preflight, found, plan, ours);
    });
  }

  private RestoreReport restore(
      Repository repository,
      RestoreRequest request,
      Target target,
      Preflight preflight,
      TargetContents found,
      RestorePlan plan,
      Disk ours)
      throws IOException, RunException, InterruptedException {
    for (Place place : target.places()) {
      ours.createFolders(target.staging(place));
    }
    Closeable lock = ours.lock(target.lock());
    try {
      preflight.requireUnchanged(target, found, request.reuse());
      SetAside aside = new SetAside(ours, target);
      aside.checkpoints(plan);
      new StartGuard(ours, target).set(plan, found.reuses());
      aside.strangers(plan);

      listener.on(new RunEvent.StepStarted(Step.DOWNLOAD));
      long fetched =
          new DownloadStep(ours, target, aside, repository, plan, workers, listener).fetch(plan);

      listener.on(new RunEvent.StepStarted(Step.ARRANGE));
      preflight.requireUnused(target);
      ArrangeStep arrange = new ArrangeStep(ours, target);
      arrange.place(plan);
      aside.strangers(plan);
      preflight.requireStartGuard(target);
      arrange.leave(restoredMark(request, plan));
      arrange.commit(plan);
      lock.close();
      // On NFS a file that is deleted while it is open, as the lock's was, keeps its folder there.
      arrange.cleanUp();
      return report(Outcome.RESTORED, request, target, plan, List.of(), fetched, aside.moved());
    } finally {
      lock.close();
    }
  }

  private RestoreReport finished(
      RestoreRequest request,
      Target target,
      Preflight preflight,
      TargetContents found,
      RestorePlan plan)
      throws IOException, RunException {
    Finished finished = new Finished(disk, preflight, target, found);
    finished.requireAsArranged(plan);
    Disk ours = preflight.forOwner(target, request.place().owner());
    if (!request.dryRun()) {
      ArrangeStep arrange = new ArrangeStep(ours, target);
      if (finished.needsRewrite(request.takesOver())) {
        arrange.leave(restoredMark(request, plan));
      }
      arrange.cleanUp();
    }
    return report(Outcome.ALREADY_DONE, request, target, plan, List.of(), 0, List.of());
  }

  /**
   * Throws an unfinished restore away.
   *
   * @param database the target
   * @param index the index's directory, where the restore was told one
   * @return what was removed
   * @throws RunException {@link Kind#TARGET_REFUSED} when the target holds no unfinished restore, or
   *     one with its index elsewhere, or is in use, or cannot be written to
   */
  public Discard.Removed discard(Path database, Optional<Path> index) throws RunException {
    return translating(
        database, () -> new Discard(disk, new Preflight(disk, use)).run(database, index));
  }

  private RestoredMark restoredMark(RestoreRequest request, RestorePlan plan) {
    return new RestoredMark(
        plan.backup().repositoryId(),
        plan.backup().sequence(),
        plan.position(),
        request.takesOver(),
        clock.instant());
  }

  private RestoreReport report(
      Outcome outcome,
      RestoreRequest request,
      Target target,
      RestorePlan plan,
      List<SpaceNeed> space,
      long fetchedBytes,
      List<String> setAside)
      throws IOException {
    Optional<Owner> wanted = request.place().owner();
    boolean isNew = disk.look(target.database()).isEmpty();
    RestoreReport.Place place = new RestoreReport.Place(
        target.database(),
        target.index(),
        TargetOwner.ofFiles(disk, target, wanted),
        isNew && wanted.isPresent()
            ? wanted.get()
            : TargetOwner.ofDirectory(disk, target.database()));
    return new RestoreReport(
        outcome, plan, place, space, request.takesOver(), fetchedBytes, setAside);
  }

  /** Says of every failure what it means for the run. */
  private <T> T translating(Path database, Workers.Task<T> action) throws RunException {
    try {
      return action.run();
    } catch (RunException | RuntimeException e) {
      throw e;
    } catch (StoreException e) {
      throw RunException.of(e);
    } catch (InterruptedException | ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
      throw new RunException(Kind.INTERRUPTED, "stopped; run the same command again to resume", e);
    } catch (FormatException e) {
      throw new RunException(
          Kind.TARGET_REFUSED,
          e.getMessage() + "; nothing was changed. It is a file that a restore left in the target:"
              + " if no server has run there, empty the target and restore again",
          e);
    } catch (DiskException e) {
      throw new RunException(Kind.TARGET_REFUSED, e.getMessage() + advice(e, database), e);
    } catch (IOException e) {
      throw new RunException(Kind.INTERNAL, "unexpected: " + e, e);
    }
  }

  private String advice(DiskException e, Path database) {
    return switch (e.kind()) {
      case NO_SPACE -> "; free some space and run the same command again to resume";
      case NO_ACCESS ->
        disk.user().isRoot()
            ? "; this process is root, but the file system treats it as another user, as an NFS"
                + " export with root_squash does: run the restore as " + owner(database)
            : "; run the restore as the server's user, or as root";
      case NO_OWNER -> ", as an NFS export with root_squash: run the restore as " + owner(database);
      case READ_ONLY -> "; mount it writable, or restore into another directory";
      case IN_USE -> "; another restore is running in this directory";
      case MISSING, FAILED -> "; check the disk, then run the same command again";
    };
  }

  /** The user that can write to a directory, as far as that can be told. */
  private String owner(Path database) {
    try {
      Owner owner = TargetOwner.ofDirectory(disk, disk.real(database));
      return owner.isRoot() ? "the server's user" : "user " + owner.user();
    } catch (IOException e) {
      return "the server's user"; // what cannot be looked at has no number to tell
    }
  }
}
