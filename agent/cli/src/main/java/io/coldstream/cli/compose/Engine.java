package io.coldstream.cli.compose;

import io.coldstream.core.backup.Agent;
import io.coldstream.core.backup.BackupParts;
import io.coldstream.core.backup.BackupReport;
import io.coldstream.core.backup.BackupRequest;
import io.coldstream.core.backup.BackupRun;
import io.coldstream.core.backup.capture.CaptureSettings;
import io.coldstream.core.backup.capture.CaptureStep;
import io.coldstream.core.backup.capture.FreeSpace;
import io.coldstream.core.backup.capture.Pause;
import io.coldstream.core.drill.DrillParts;
import io.coldstream.core.drill.DrillReport;
import io.coldstream.core.drill.DrillRequest;
import io.coldstream.core.drill.DrillRun;
import io.coldstream.core.drill.server.Ports;
import io.coldstream.core.drill.server.ServerEnvironment;
import io.coldstream.core.lock.LockReport;
import io.coldstream.core.lock.LockRun;
import io.coldstream.core.lock.LockingStore;
import io.coldstream.core.node.SourceNode;
import io.coldstream.core.points.PointsRun;
import io.coldstream.core.points.RestorePoints;
import io.coldstream.core.prune.PruneParts;
import io.coldstream.core.prune.PruneReport;
import io.coldstream.core.prune.PruneRequest;
import io.coldstream.core.prune.PruneRun;
import io.coldstream.core.prune.marks.KeepRun;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.RestoreRun;
import io.coldstream.core.restore.target.Discard;
import io.coldstream.core.restore.target.ProcessTable;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.RunLog;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.state.StateFolder;
import io.coldstream.core.verify.VerifyOptions;
import io.coldstream.core.verify.VerifyParts;
import io.coldstream.core.verify.VerifyReport;
import io.coldstream.core.verify.VerifyRun;
import io.coldstream.core.verify.history.Author;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Creates the engine's runs from their parts. */
public final class Engine {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final Composition composition;
  private final Clock clock;
  private final RunListener listener;

  /**
   * An engine on an open store.
   *
   * @param composition the store and the threads; not closed here
   * @param clock the time
   * @param listener receives the progress
   */
  public Engine(Composition composition, Clock clock, RunListener listener) {
    this.composition = composition;
    this.clock = clock;
    RunLog log = new RunLog();
    this.listener = event -> {
      log.on(event);
      composition.pace().on(event);
      listener.on(event);
    };
  }

  /**
   * Makes a backup.
   *
   * @param source the database
   * @param minFreeBytes room that the database's disk must keep
   * @param state folder of the hints; need not exist
   * @param request the options
   * @return how it went
   * @throws RunException as {@link BackupRun} says; USAGE when one of its folders lies in another
   */
  public BackupReport backup(
      BackupSource source, long minFreeBytes, Path state, BackupRequest request)
      throws RunException {
    DatabaseFolders folders = source.folders();
    overlap().refuse(folders, state);
    CaptureStep capture = new CaptureStep(
        new LocalDatabaseFiles(),
        FreeSpace.of(folders.database()),
        Pause.growing(FIRST_PAUSE),
        CaptureSettings.of(folders).withMinFreeBytes(minFreeBytes),
        listener);
    SourceNode node = source.node().isPresent() ? source.node().get() : SourceNode.NONE;
    BackupParts parts = new BackupParts(
        composition.rememberingStore(),
        capture.of(node),
        composition.workers(),
        new StateFolder(new LocalDisk(), state),
        listener,
        clock,
        new SecureRandom(),
        new Agent(HostName.text(), AgentVersion.text()));
    return BackupRun.run(request, parts);
  }

  /**
   * Restores a backup into an empty directory.
   *
   * @param request the options
   * @return what was done
   * @throws RunException as {@link RestoreRun} says; USAGE when the target lies in the repository or
   *     around it
   */
  public RestoreReport restore(RestoreRequest request) throws RunException {
    overlap().refuse(request.target(), request.index());
    return restoreRun().run(composition.repository(), request);
  }

  /**
   * Throws an unfinished restore away.
   *
   * @param target its directory
   * @param index its index's directory, where it was told one
   * @return how many files were removed
   * @throws RunException as {@link RestoreRun} says
   */
  public Discard.Removed discard(Path target, Optional<Path> index) throws RunException {
    return restoreRun().discard(target, index);
  }

  /**
   * Extends the locks of the backups.
   *
   * @param all whether every lock is extended, whenever it ends
   * @return what was done
   * @throws RunException as {@link LockRun} says; USAGE when the setting {@code lock} is not set
   */
  public LockReport lock(boolean all) throws RunException {
    LockingStore store = composition
        .lockingStore()
        .orElseThrow(() -> new RunException(
            RunException.Kind.USAGE,
            "setting \"lock\" is not set, so there are no locks to extend; set it in the section"
                + " store of the configuration file or in the URL, for example lock=30d"));
    return LockRun.run(composition.repository(), store, composition.workers(), listener, all);
  }

  /**
   * Extends the locks after a backup. What goes wrong is a warning: the backup is complete.
   *
   * @return what was done; empty when nothing is to be locked, or it failed
   * @throws RunException {@link RunException.Kind#INTERRUPTED}
   */
  public Optional<LockReport> lockAfterBackup() throws RunException {
    if (composition.lockingStore().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(lock(false));
    } catch (RunException e) {
      if (e.kind() == RunException.Kind.INTERRUPTED) {
        throw e;
      }
      listener.on(new RunEvent.Warning("the backup is complete, but locks could not be extended: "
          + e.getMessage() + "; the next backup and the command lock try again"));
      return Optional.empty();
    }
  }

  /**
   * Finds out which points can be restored.
   *
   * @return the points
   * @throws RunException as {@link PointsRun} says
   */
  public RestorePoints points() throws RunException {
    return new PointsRun(composition.workers()).run(composition.repository());
  }

  /**
   * Verifies the backups of the repository.
   *
   * @param options what to verify
   * @return what was checked and found
   * @throws RunException as {@link VerifyRun} says
   */
  public VerifyReport verify(VerifyOptions options) throws RunException {
    VerifyParts parts = new VerifyParts(
        composition.workers(),
        clock,
        listener,
        new Author(HostName.text(), AgentVersion.text()),
        composition::permission,
        VerifyParts.Saving.USUAL);
    return new VerifyRun(parts).run(composition.repository(), options);
  }

  /**
   * Removes backups that no rule keeps, and objects that no backup needs.
   *
   * @param request the rules
   * @return how it went
   * @throws RunException as {@link PruneRun} says
   */
  public PruneReport prune(PruneRequest request) throws RunException {
    return PruneRun.run(
        request,
        new PruneParts(
            composition.repository(), composition.workers(), clock, new SecureRandom(), listener));
  }

  /**
   * Marks a backup to be kept, or takes that back.
   *
   * @param backup the backup's number
   * @param keep whether it is to be kept
   * @param reason why, in the user's words
   * @return what was done
   * @throws RunException as {@link KeepRun} says
   */
  public KeepRun.Marked mark(long backup, boolean keep, Optional<String> reason)
      throws RunException {
    return new KeepRun(composition.repository(), HostName.text(), clock).set(backup, keep, reason);
  }

  /**
   * Restores a backup to scratch and proves that a server starts on it.
   *
   * @param request the options
   * @param environment the environment of this process
   * @return what was found
   * @throws RunException as {@link DrillRun} says; USAGE when the scratch folder lies in the
   *     repository or around it
   */
  public DrillReport drill(DrillRequest request, Map<String, String> environment)
      throws RunException {
    overlap().refuseScratch(request.scratch());
    DrillParts parts = new DrillParts(
        disk(),
        new ProcessTable(),
        composition.workers(),
        new ServerEnvironment(environment),
        Ports.SYSTEM,
        new SecureRandom(),
        clock,
        listener);
    return new DrillRun(parts).run(composition.repository(), request);
  }

  private LocalDisk disk() {
    return new LocalDisk(limit -> listener.on(new RunEvent.Warning(limit)));
  }

  private FolderOverlap overlap() throws RunException {
    return FolderOverlap.with(composition.address().url());
  }

  private RestoreRun restoreRun() {
    return new RestoreRun(disk(), new ProcessTable(), composition.workers(), clock, listener);
  }
}
