package io.coldstream.core.drill;

import io.coldstream.core.drill.DrillReport.Failure;
import io.coldstream.core.drill.DrillReport.Server;
import io.coldstream.core.drill.events.Compared;
import io.coldstream.core.drill.events.EventComparison;
import io.coldstream.core.drill.events.ExpectedEvents;
import io.coldstream.core.drill.events.LoggedEvent;
import io.coldstream.core.drill.server.DrillFault;
import io.coldstream.core.drill.server.RunningServer;
import io.coldstream.core.drill.server.ServerStart;
import io.coldstream.core.repository.RandomId;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRun;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs a drill step by step: restore, choose events, start the server, compare, stop, clean up. The
 * server and the folder are gone when it returns or throws, unless the folder is to be kept. Used by
 * one thread, once.
 */
public final class DrillRun {

  /** An interrupted run has little time left in which it must also clean up. */
  private static final Duration STOP_AFTER_INTERRUPT = Duration.ofSeconds(8);

  private final DrillParts parts;
  private final StepTimes times;

  private Optional<LoggedEvent> last = Optional.empty();
  private Compared compared = Compared.NOTHING;
  private Optional<String> version = Optional.empty();
  private int starts;
  private boolean killed;
  private List<String> output = List.of();

  /**
   * Puts a run together.
   *
   * @param parts what it works with
   */
  public DrillRun(DrillParts parts) {
    this.parts = parts;
    this.times = new StepTimes(parts.clock(), parts.listener());
  }

  /**
   * Runs the drill.
   *
   * @param repository where the backup is
   * @param request the options
   * @return what was found; the caller asks {@link DrillReport#requireProved()}
   * @throws RunException {@link Kind#USAGE} when the server's program cannot be run; {@link
   *     Kind#TARGET_REFUSED} when the scratch folder cannot be used; as {@link RestoreRun} says
   */
  public DrillReport run(Repository repository, DrillRequest request) throws RunException {
    String id = RandomId.next(parts.random()).substring(0, 12);
    try {
      request.server().program().requireRunnable(parts.environment());
      Scratch scratch = Scratch.create(parts.disk(), request.scratch(), id);
      DrillReport report = in(scratch, repository, request);
      return report.with(store(repository, report, id));
    } catch (RunException e) {
      // What a stopped restore advises, to resume it, is not possible here.
      throw e.kind() == Kind.INTERRUPTED ? stopped(request, e) : e;
    } catch (InterruptedException e) {
      throw stopped(request, e);
    }
  }

  private static RunException stopped(DrillRequest request, Exception e) {
    Thread.currentThread().interrupt();
    return new RunException(
        Kind.INTERRUPTED,
        "stopped; the server was ended, and the drill's folder in " + request.scratch()
            + (request.keep() ? " stays" : " removed"),
        e);
  }

  private DrillReport in(Scratch scratch, Repository repository, DrillRequest request)
      throws RunException, InterruptedException {
    try {
      RestoreReport restored = new RestoreRun(
              parts.disk(), parts.use(), parts.workers(), parts.clock(), times)
          .run(repository, request.restoreTo(scratch.database()));
      Optional<Failure> failure = prove(scratch, request, restored);
      times.end();
      return new DrillReport(
          restored.plan(),
          new Server(request.server().program().name(), version, starts, killed),
          compared,
          last,
          failure,
          times.all(),
          Optional.empty(),
          Optional.of(scratch.folder()).filter(folder -> request.keep()));
    } finally {
      if (!request.keep()) {
        remove(scratch);
      }
    }
  }

  private Optional<Failure> prove(Scratch scratch, DrillRequest request, RestoreReport restored)
      throws RunException, InterruptedException {
    try {
      begin(Step.SAMPLE);
      ExpectedEvents expected =
          ExpectedEvents.choose(restored.database(), restored.plan(), parts.random());
      last = expected.tail().stream().findFirst();
      begin(Step.START_SERVER);
      try (RunningServer server = start(scratch, request, restored)) {
        starts = server.starts();
        version = server.version();
        compare(server, expected, request.server().limits().stop());
      }
      return compared.faults().isEmpty()
          ? Optional.empty()
          : Optional.of(new Failure(Step.COMPARE, compared.faults(), output));
    } catch (DrillFault e) {
      return Optional.of(failure(e.getMessage()));
    } catch (DatabaseException e) {
      return Optional.of(failure("the restored log cannot be read: " + DatabaseException.found(e)));
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException();
    } catch (IOException e) {
      throw new RunException(Kind.TARGET_REFUSED, "the restored files: " + e.getMessage(), e);
    }
  }

  private Failure failure(String fault) {
    return new Failure(times.current(), List.of(fault), output);
  }

  private RunningServer start(Scratch scratch, DrillRequest request, RestoreReport restored)
      throws RunException, DrillFault, InterruptedException {
    long chunkSizeBytes = restored.plan().backup().log().chunkSizeBytes();
    request
        .server()
        .program()
        .warnings(chunkSizeBytes)
        .forEach(text -> parts.listener().on(new RunEvent.Warning(text)));
    ServerStart start = new ServerStart(
        request.server(),
        parts.environment(),
        parts.ports(),
        request.checkpointMode() == CheckpointMode.TRUNCATE,
        lines -> output = lines);
    return start.run(scratch.places(chunkSizeBytes), scratch.folder());
  }

  /** The server is stopped also when the comparison ends early; closing it later kills it. */
  private void compare(RunningServer server, ExpectedEvents expected, Duration patience)
      throws DrillFault, InterruptedException {
    begin(Step.COMPARE);
    boolean done = false;
    try {
      compared = new EventComparison(server).run(expected);
      done = true;
    } finally {
      output = server.lastLines();
      if (!done) {
        stop(server, shorter(patience));
      }
    }
    begin(Step.STOP_SERVER);
    stop(server, patience);
  }

  private static Duration shorter(Duration patience) {
    return patience.compareTo(STOP_AFTER_INTERRUPT) < 0 ? patience : STOP_AFTER_INTERRUPT;
  }

  private void stop(RunningServer server, Duration patience) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    try {
      killed = !server.stop(patience);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void begin(Step step) {
    times.on(new RunEvent.StepStarted(step));
  }

  private void remove(Scratch scratch) {
    boolean interrupted = Thread.interrupted();
    try {
      scratch.remove();
    } catch (IOException e) {
      warn(e.getMessage() + "; remove " + scratch.folder() + " yourself");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Optional<ObjectName> store(Repository repository, DrillReport report, String id)
      throws InterruptedException {
    try {
      DrillRecord record = DrillRecord.of(report, parts.clock().instant());
      return Optional.of(new StoredDrills(repository).store(record, id));
    } catch (StoreException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      warn("the result of this drill is not in the repository: " + e.getMessage()
          + "; to keep it, save what this command prints (--json)");
      return Optional.empty();
    }
  }

  private void warn(String text) {
    parts.listener().on(new RunEvent.Warning(text));
  }
}
