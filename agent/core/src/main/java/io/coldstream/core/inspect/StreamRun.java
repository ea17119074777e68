package io.coldstream.core.inspect;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.core.repository.log.StoredLog;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the events of a stream from a stored backup, in the order of their numbers. */
public final class StreamRun {

  /** Longer names are cut in messages. */
  private static final int MAX_SHOWN_NAME = 80;

  private static final String STILL_THERE =
      "; --all shows what is still in the log, and --backup what an earlier backup holds";

  private final Repository repository;
  private final BackupFiles files;
  private final RunListener listener;

  /**
   * A run on one backup.
   *
   * @param repository where it is
   * @param files the backup
   * @param listener receives warnings
   */
  public StreamRun(Repository repository, BackupFiles files, RunListener listener) {
    this.repository = repository;
    this.files = files;
    this.listener = listener;
  }

  /** Takes the events. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Visits an event.
     *
     * @param event the event
     * @return whether more are wanted
     * @throws RunException to end the run
     */
    boolean visit(StreamEvent event) throws RunException;
  }

  /**
   * Reads.
   *
   * @param request which events
   * @param visitor receives them
   * @return what was read
   * @throws RunException {@link Kind#USAGE} when the backup has no such stream, or a server would say
   *     so; {@link Kind#REPOSITORY_DAMAGED} when the backup cannot be read; what the store's failure
   *     means
   */
  public StreamReport run(StreamRequest request, Visitor visitor) throws RunException {
    try {
      Progress progress = new Progress(request, visitor);
      try {
        return read(request, progress, false);
      } catch (DatabaseException e) {
        // Altered bytes, read in ranges, look like this; perhaps they have been sent again.
        return read(request, progress, true);
      }
    } catch (Stopped e) {
      throw e.failure;
    } catch (IOException e) {
      throw failure(files.manifest().sequence(), e);
    }
  }

  /** What it means that a backup cannot be read. */
  static RunException failure(long sequence, IOException e) {
    if (e instanceof ResentReader.LaterBackups later) {
      return later.failure();
    }
    if (e instanceof StoreException store) {
      return RunException.of(store);
    }
    if (e instanceof ClosedByInterruptException) {
      Thread.currentThread().interrupt();
      return new RunException(Kind.INTERRUPTED, "stopped", e);
    }
    boolean damage = e instanceof DatabaseException
        || e instanceof ObjectFault
        || e instanceof StoredLog.EncryptedChunk;
    return damage
        ? new RunException(
            Kind.REPOSITORY_DAMAGED,
            "backup " + sequence + " cannot be read here: " + DatabaseException.found(e),
            e,
            List.of(new Remedy("To see what is damaged, run", Remedy.Action.VERIFY)))
        : new RunException(Kind.INTERNAL, "unexpected: " + e, e);
  }

  private StreamReport read(StreamRequest request, Progress progress, boolean resentFirst)
      throws IOException, RunException {
    Reading reading =
        new Reading(repository, resentFirst, warning -> listener.on(new RunEvent.Warning(warning)));
    long end = files.manifest().log().positions().restorePoint();
    return EventLookup.in(files, reading, end, lookup -> read(request, progress, lookup));
  }

  private StreamReport read(StreamRequest request, Progress progress, EventLookup lookup)
      throws IOException, RunException {
    StreamState state = lookup.state(request.stream());
    requireShown(request, state);
    long shownFrom = state.shownFrom();
    long from = request.all() ? request.from() : Math.max(request.from(), shownFrom);
    Instant oldest = request.all() ? Instant.MIN : oldest(state);
    lookup.each(request.stream(), Math.max(from, progress.next), event -> {
      if (event.event().prepare().timestamp().isBefore(oldest)) {
        return progress.pass(event);
      }
      return event.event().prepare().deletesStream() && !request.all() || progress.visit(event);
    });
    return new StreamReport(state, progress.events, progress.hidden, shownFrom);
  }

  /** Events before this are hidden: of a backup, its own time is now. */
  private Instant oldest(StreamState state) {
    return state
        .metadata()
        .maxAge()
        .map(age -> files.manifest().origin().time().minus(age))
        .orElse(Instant.MIN);
  }

  private void requireShown(StreamRequest request, StreamState state) throws RunException {
    String stream = "stream " + quoted(request.stream());
    String backup = "backup " + files.manifest().sequence();
    if (!state.exists()) {
      throw new RunException(Kind.USAGE, backup + " has no " + stream);
    }
    Optional<StreamEvent> tombstone = state.tombstone();
    if (tombstone.isPresent() && !request.all()) {
      throw new RunException(
          Kind.USAGE,
          stream + " is deleted in " + backup + ": its tombstone of "
              + tombstone.get().event().prepare().timestamp() + " is at position "
              + tombstone.get().position() + STILL_THERE);
    }
    if (state.isSoftDeleted() && !request.all()) {
      throw new RunException(
          Kind.USAGE,
          stream + " is soft-deleted in " + backup + ": its metadata hides every event"
              + STILL_THERE);
    }
  }

  private static String quoted(String name) {
    return name.length() <= MAX_SHOWN_NAME
        ? '"' + name + '"'
        : '"' + name.substring(0, MAX_SHOWN_NAME) + "...\" of " + name.length() + " characters";
  }

  /** What was handed over so far: after a fault the reading resumes behind it. */
  private static final class Progress {
    private final StreamRequest request;
    private final Visitor visitor;
    private long next;
    private long events;
    private long hidden;

    private Progress(StreamRequest request, Visitor visitor) {
      this.request = request;
      this.visitor = visitor;
    }

    private boolean pass(StreamEvent event) {
      hidden++;
      next = event.number() + 1;
      return true;
    }

    private boolean visit(StreamEvent event) throws IOException {
      try {
        events++;
        next = event.number() + 1;
        return visitor.visit(event) && events < request.limit();
      } catch (RunException e) {
        throw new Stopped(e);
      }
    }
  }

  /** Carries what a visitor failed with through those who read files. */
  private static final class Stopped extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient RunException failure;

    private Stopped(RunException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
