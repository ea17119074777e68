package io.coldstream.core.backup.capture;

import io.coldstream.core.node.SourceNode;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.files.DatabaseFiles;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Captures one database. A running database may change meanwhile: a capture that fails its
 * validation is closed and repeated, a bounded number of times; what then still fails is damage.
 */
public final class CaptureStep {

  private final DatabaseFiles files;
  private final FreeSpace space;
  private final Pause pause;
  private final CaptureSettings settings;
  private final SourceNode node;
  private final RunListener listener;

  /**
   * A step over one database.
   *
   * @param files how its folders are read
   * @param space the free space of its disk
   * @param pause what happens before a capture is tried again
   * @param settings which database, and how
   * @param listener receives an event when a capture is repeated
   */
  public CaptureStep(
      DatabaseFiles files,
      FreeSpace space,
      Pause pause,
      CaptureSettings settings,
      RunListener listener) {
    this(files, space, pause, settings, SourceNode.NONE, listener);
  }

  private CaptureStep(
      DatabaseFiles files,
      FreeSpace space,
      Pause pause,
      CaptureSettings settings,
      SourceNode node,
      RunListener listener) {
    this.files = files;
    this.space = space;
    this.pause = pause;
    this.settings = settings;
    this.node = node;
    this.listener = listener;
  }

  /**
   * The same step where the node can be asked.
   *
   * @param other the node that runs on the database
   * @return a step that refuses another node's files
   */
  public CaptureStep of(SourceNode other) {
    return new CaptureStep(files, space, pause, settings, other, listener);
  }

  /**
   * Captures the database as it is now.
   *
   * @param known what the newest manifest holds
   * @param number which capture of the run, from 1
   * @param withoutIndex whether the index is excluded without being read
   * @return a validated capture, to be closed by the caller
   * @throws RunException USAGE when there is no database at all; SOURCE_REFUSED when there is none
   *     yet, or it is damaged, unreadable, not the node's or not to be backed up as it is; whatever
   *     {@code known} throws
   * @throws InterruptedException when the run is to stop
   */
  public Capture capture(KnownFiles known, int number, boolean withoutIndex)
      throws RunException, InterruptedException {
    requireDatabase();
    Capture capture = quietly(known, number, withoutIndex);
    boolean own = false;
    try {
      node.requireOwn(capture.log());
      own = true;
      return capture;
    } finally {
      if (!own) {
        capture.close();
      }
    }
  }

  /** {@return the version of the server; empty when it is not known} */
  public Optional<String> serverVersion() {
    return node.version();
  }

  /** Only until the files are pinned: a scavenge does no harm to those. */
  private Capture quietly(KnownFiles known, int number, boolean withoutIndex)
      throws RunException, InterruptedException {
    SourceNode.Quiet quiet = node.quiet();
    try {
      return captured(known, number, withoutIndex);
    } finally {
      quiet.close();
    }
  }

  private Capture captured(KnownFiles known, int number, boolean withoutIndex)
      throws RunException, InterruptedException {
    IOException failure = null;
    for (int attempt = 1; attempt <= settings.attempts(); attempt++) {
      if (failure != null) {
        listener.on(
            new RunEvent.Repeated("capture", attempt - 1, DatabaseException.found(failure)));
        pause.after(attempt - 1);
      }
      try {
        return captureOnce(known, number, withoutIndex);
      } catch (IOException e) {
        failure = worthAnotherCapture(e);
      }
    }
    throw new RunException(
        Kind.SOURCE_REFUSED,
        said(failure) + " (captured " + settings.attempts() + " times; this is the last failure)",
        failure);
  }

  private void requireDatabase() throws RunException, InterruptedException {
    try {
      SourceFolder.requireDatabase(files, settings.folders());
    } catch (IOException e) {
      throw new RunException(Kind.SOURCE_REFUSED, said(worthAnotherCapture(e)), e);
    }
  }

  private Capture captureOnce(KnownFiles known, int number, boolean withoutIndex)
      throws IOException, RunException, InterruptedException {
    PinnedFiles pinned =
        new PinnedFiles(files, space, settings.mostPins(), settings.minFreeBytes());
    Pins pins = new Pins(files, settings.folders(), pinned);
    boolean done = false;
    try {
      Capture capture =
          new CaptureAttempt(files, settings, pause, known, pins).capture(number, withoutIndex);
      done = true;
      return capture;
    } finally {
      if (!done) {
        pins.close();
      }
    }
  }

  /**
   * Looks again, right before a capture is committed: truncate.chk is still unset, the writer's
   * position is not lower, and the last chunk still shows under its name what was captured of it, or,
   * if a scavenge took that name away, the log still has the same epochs.
   *
   * @param capture what is to be committed
   * @throws SourceMoved when the log was truncated or replaced: capture again
   * @throws RunException SOURCE_REFUSED when a truncation is pending, or the files cannot be read
   * @throws InterruptedException when the run is to stop
   */
  public void recheck(Capture capture) throws SourceMoved, RunException, InterruptedException {
    try {
      new LastLook(files, settings, pause).at(capture);
    } catch (SourceMoved e) {
      throw e;
    } catch (IOException e) {
      throw new SourceMoved(said(worthAnotherCapture(e)), e);
    }
  }

  /**
   * Waits before the run's next capture.
   *
   * @param steps how long, in steps of the pause, 1 or more
   * @throws InterruptedException when the run is to stop
   */
  public void pause(int steps) throws InterruptedException {
    pause.after(steps);
  }

  /** Failures that a running database may cause temporarily; all others are thrown at once. */
  private IOException worthAnotherCapture(IOException failure)
      throws RunException, InterruptedException {
    if (failure instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
      Thread.interrupted();
      throw new InterruptedException("stopped while capturing: " + failure.getMessage());
    }
    if (failure instanceof NoSuchFileException || failure instanceof SourceMoved) {
      return failure;
    }
    if (failure instanceof DatabaseException damage) {
      if (isFinal(damage)) {
        throw new RunException(Kind.SOURCE_REFUSED, said(damage), damage);
      }
      return failure;
    }
    throw new RunException(Kind.SOURCE_REFUSED, said(failure), failure);
  }

  private static boolean isFinal(DatabaseException damage) {
    return switch (damage.kind()) {
      case NOT_A_DATABASE -> true;
      case UNSUPPORTED -> damage.invariant().equals(Optional.of(Invariant.I10));
      case DAMAGED, CHANGED -> false;
    };
  }

  private String said(IOException failure) {
    String where = settings.folders().database() + ": ";
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + ": this user has no read permission; run as the server's user, or"
          + " grant this user read access";
    }
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no longer exists";
    }
    return failure instanceof DatabaseException || failure instanceof SourceMoved
        ? where + failure.getMessage()
        : where + "cannot be read: " + failure;
  }
}
