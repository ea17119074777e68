package io.coldstream.core.backup;

import io.coldstream.core.backup.capture.Pause;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.backup.plan.Uploaded;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import java.util.random.RandomGenerator;

/** Counts the repeated captures of a run, and ends the run when they lead nowhere. */
final class Repeats {

  /** How often a repeat may store nothing new before the run gives up. */
  static final int MAX_FRUITLESS_REPEATS = 5;

  /** How often another writer may win before the run gives up. */
  static final int MAX_LOSSES = 5;

  /** How many captures a run makes, even when each stores something new. */
  static final int MAX_CAPTURES = 50;

  /** After the n-th loss at most n times this many steps. */
  private static final int LONGEST_PAUSE = 8;

  private final String url;
  private final Pause pause;
  private final RandomGenerator random;
  private final RunListener listener;
  private int repeats;
  private int fruitless;
  private int losses;
  private long storedBefore;

  Repeats(String url, Pause pause, RandomGenerator random, RunListener listener) {
    this.url = url;
    this.pause = pause;
    this.random = random;
    this.listener = listener;
  }

  /** The database changed. The repeated run knows what was uploaded until then. */
  void moved(SourceMoved cause, Uploaded uploaded) throws RunException, InterruptedException {
    fruitless = uploaded.lastingFiles() > storedBefore ? 0 : fruitless + 1;
    storedBefore = uploaded.lastingFiles();
    if (fruitless >= MAX_FRUITLESS_REPEATS) {
      throw new RunException(
          RunException.Kind.SOURCE_REFUSED,
          "the database changed " + fruitless + " times in a row before anything new was"
              + " uploaded; the last time: " + cause.getMessage()
              + ". Nothing was committed. Back up at a quieter time, or when no scavenge runs",
          cause);
    }
    if (repeats + 1 >= MAX_CAPTURES) {
      throw new RunException(
          RunException.Kind.SOURCE_REFUSED,
          "the database was captured " + MAX_CAPTURES + " times and changed each time before all"
              + " of it was uploaded; the last time: " + cause.getMessage()
              + ". Nothing was committed; what was uploaded stays, and the next run uses it. Back"
              + " up at a quieter time, when no scavenge runs, or over a faster connection",
          cause);
    }
    tell(cause.getMessage());
    pause.after(Math.max(1, fruitless));
  }

  /**
   * Another writer changed the repository. The pause is random, so that two writers do not conflict
   * again and again.
   */
  void lost() throws RunException, InterruptedException {
    losses++;
    if (losses >= MAX_LOSSES) {
      throw new RunException(
          RunException.Kind.CONFLICT,
          "another run changed " + url + " " + losses + " times before this one could commit;"
              + " nothing was committed, and what was uploaded stays. Back up one node at a time"
              + " into a repository, and run this again");
    }
    tell("another run changed the repository");
    pause.after(1 + random.nextInt(LONGEST_PAUSE * losses));
  }

  private void tell(String why) {
    repeats++;
    listener.on(new RunEvent.Repeated("capture", repeats, why));
  }
}
