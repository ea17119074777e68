package io.coldstream.core.node;

import io.coldstream.core.node.ScavengeControl.Auto;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.decorate.Pause;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Pauses the scavenges of a node and resumes them. It resumes what it paused itself, whatever happens
 * between: what it is about to pause stands in a durable note before, so that after SIGKILL another
 * process can resume it. What the node's operator paused stays paused. Used by one thread.
 */
public final class QuietNode {

  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);
  private static final int MAX_QUESTIONS = 120;

  /** An interrupted process has 25 seconds to end. */
  private static final int MAX_ATTEMPTS = 3;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

  private final NodeAddress address;
  private final ScavengeControl control;
  private final PausedNotes notes;
  private final Pause pause;
  private final Consumer<String> warnings;
  private PausedNode note;
  private PausedNode paused;

  QuietNode(NodeRequests requests, PausedNotes notes, Pause pause, Consumer<String> warnings) {
    this.address = requests.address();
    this.control = new ScavengeControl(requests);
    this.notes = notes;
    this.pause = pause;
    this.warnings = warnings;
    this.note = PausedNode.nothing(address);
    this.paused = note;
  }

  /**
   * A node; it is not asked yet.
   *
   * @param address where it listens
   * @param credentials who this program is to it
   * @param notes where it is noted what is paused
   * @param warnings receives sentences for people
   * @return the node
   * @throws RunException {@link Kind#USAGE} when the credentials cannot be used
   */
  public static QuietNode at(
      NodeAddress address,
      NodeCredentials credentials,
      PausedNotes notes,
      Consumer<String> warnings)
      throws RunException {
    return new QuietNode(
        NodeRequests.to(address, credentials, RunningNode.LONGEST_ANSWER),
        notes,
        Pause.SLEEP,
        warnings);
  }

  /** {@return what was paused, also when it runs again by now} */
  PausedNode paused() {
    return paused;
  }

  /**
   * Pauses what runs.
   *
   * @return resumes it when it is closed
   * @throws RunException {@link Kind#NO_ACCESS} when the node does not allow it, {@link
   *     Kind#CONFLICT} when another run is at it, {@link Kind#STORE_UNAVAILABLE} when it fails;
   *     nothing stays paused then, or a warning tells what does
   * @throws InterruptedException when this thread was interrupted; the same holds
   */
  SourceNode.Quiet begin() throws RunException, InterruptedException {
    Closeable lock = notes.lock(address);
    boolean done = false;
    try {
      resumeNoted();
      boolean autoIsQuiet = pauseAuto();
      if (autoIsQuiet) {
        stopScavenge();
      }
      done = true;
      return () -> end(lock);
    } finally {
      if (!done) {
        end(lock);
      }
    }
  }

  /** False when a scavenge that auto-scavenge started still runs: it is not ours to stop. */
  private boolean pauseAuto() throws RunException, InterruptedException {
    Auto auto = control.auto();
    if (auto == Auto.ON) {
      remember(note.withAutoScavenge(true));
      unlessDenied(control::pauseAuto, note.withAutoScavenge(false));
      auto = control.auto();
    }
    for (int i = 0; auto == Auto.PAUSING && i < MAX_QUESTIONS; i++) {
      pause.pause(BETWEEN_QUESTIONS);
      auto = control.auto();
    }
    if (auto == Auto.PAUSING) {
      warnings.accept("the auto-scavenge of " + address + " had not stopped after "
          + BETWEEN_QUESTIONS.multipliedBy(MAX_QUESTIONS).toSeconds()
          + " s; its files are captured while it runs");
    }
    return auto != Auto.PAUSING;
  }

  private void stopScavenge() throws RunException, InterruptedException {
    if (!control.isKnown()) {
      warnings.accept("the node " + address + " does not tell whether a scavenge runs, as before"
          + " 22.10, so none is stopped");
      return;
    }
    Optional<String> running = control.current();
    if (running.isPresent()) {
      PausedNode before = note;
      remember(note.withScavenge(running));
      unlessDenied(
          () -> {
            if (!control.stop()) {
              forget(before); // it ended by itself
              paused = before;
            }
          },
          before);
    }
  }

  /** Something that a node can be told. */
  @FunctionalInterface
  private interface Order {
    void give() throws RunException, InterruptedException;
  }

  /** What a node refuses for certain is not paused. Whatever else fails may be. */
  private void unlessDenied(Order order, PausedNode otherwise)
      throws RunException, InterruptedException {
    try {
      order.give();
    } catch (RunException e) {
      if (e.kind() == Kind.NO_ACCESS) {
        forget(otherwise);
        paused = otherwise;
      }
      throw e;
    }
  }

  private void remember(PausedNode changed) throws RunException {
    notes.write(changed);
    note = changed;
    paused = changed;
  }

  private void forget(PausedNode changed) throws RunException {
    notes.write(changed);
    note = changed;
  }

  /** Also where the run was interrupted: this thread is not, until it is done. */
  private void end(Closeable lock) {
    boolean interrupted = Thread.interrupted();
    try {
      resume();
    } catch (RunException e) {
      warnOfPaused(e.getMessage());
    } catch (InterruptedException e) {
      warnOfPaused("stopped");
      interrupted = true;
    } finally {
      release(lock);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void warnOfPaused(String why) {
    warnings.accept(why + ". The node " + address
        + " may still be paused; coldstream resume-node resumes it, and so does the next backup");
  }

  /** It ends with the process, too. */
  private void release(Closeable lock) {
    try {
      lock.close();
    } catch (IOException e) {
      warnings.accept("the lock of the node " + address + ": " + e.getMessage());
    }
  }

  /**
   * Resumes what an earlier run, or an earlier attempt of this one, left paused.
   *
   * @return what that was; empty when nothing was
   * @throws RunException when it is still paused, or another run is at it
   * @throws InterruptedException when this thread was interrupted
   */
  public Optional<PausedNode> resumeLeft() throws RunException, InterruptedException {
    if (notes.of(address).isEmpty()) {
      return Optional.empty();
    }
    Closeable lock = notes.lock(address);
    try {
      return resumeNoted();
    } finally {
      release(lock);
    }
  }

  private Optional<PausedNode> resumeNoted() throws RunException, InterruptedException {
    Optional<PausedNode> left = notes.of(address);
    if (left.isPresent()) {
      note = left.get();
      resume();
    }
    return left;
  }

  private void resume() throws RunException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        resumeOnce();
        return;
      } catch (RunException e) {
        if (e.kind() != Kind.STORE_UNAVAILABLE || attempt == MAX_ATTEMPTS) {
          throw e;
        }
        pause.pause(BETWEEN_ATTEMPTS);
      }
    }
  }

  private void resumeOnce() throws RunException, InterruptedException {
    if (note.scavenge().isPresent()) {
      control.resume(note.scavenge().get());
      forget(note.withScavenge(Optional.empty()));
    }
    if (note.autoScavenge()) {
      control.resumeAuto();
      forget(note.withAutoScavenge(false));
    }
  }
}
