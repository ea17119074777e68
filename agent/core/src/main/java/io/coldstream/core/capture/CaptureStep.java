package io.coldstream.core.capture;

import io.coldstream.core.event.RunListener;
import io.coldstream.core.failure.RunException;
import io.coldstream.eventstore.files.DatabaseFiles;

/** Makes captures of one database. */
public final class CaptureStep {

  private final DatabaseFiles files;
  private final FreeSpace space;
  private final Pause pause;
  private final CaptureSettings settings;
  private final RunListener listener;

  /**
   * A step over one database.
   *
   * @param files how its folders are read
   * @param space the room on its disk
   * @param pause what happens before a capture is tried again
   * @param settings which database, and how
   * @param listener is told when a capture is tried again
   */
  public CaptureStep(
      DatabaseFiles files,
      FreeSpace space,
      Pause pause,
      CaptureSettings settings,
      RunListener listener) {
    this.files = files;
    this.space = space;
    this.pause = pause;
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Captures the database as it is now. A proof that fails is tried again with a fresh capture.
   *
   * @param known what the newest manifest holds
   * @param number which capture of the run, from 1
   * @return a proved capture, to be closed by the caller
   * @throws RunException USAGE when there is no database at all; SOURCE_REFUSED when there is none
   *     yet, or it is damaged, unreadable or not to be backed up as it is; whatever {@code known}
   *     throws
   * @throws InterruptedException when the run is to stop
   */
  public Capture capture(KnownFiles known, int number) throws RunException, InterruptedException {
    throw new UnsupportedOperationException("in the next change");
  }

  /**
   * Looks again, right before a capture is committed: truncate.chk is still unset, the writer's
   * position is not lower, and the active chunk still shows the same header and the same last record.
   *
   * @param capture what is to be committed
   * @throws SourceMoved when the log was truncated or replaced: capture again
   * @throws RunException SOURCE_REFUSED when a truncation is pending, or the files cannot be read
   */
  public void recheck(Capture capture) throws SourceMoved, RunException {
    throw new UnsupportedOperationException("in the next change");
  }
}
