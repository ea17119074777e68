package io.coldstream.eventstore.testing.model;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A part of the server that works by itself. Its work is a queue of steps, one file operation each.
 */
abstract class Actor {

  private final Deque<Runnable> steps = new ArrayDeque<>();

  /** Queues the next piece of work, or nothing when there is none. Called with an empty queue. */
  abstract void plan();

  final void then(Runnable step) {
    steps.add(step);
  }

  final boolean busy() {
    return !steps.isEmpty();
  }

  /** Forgets what was planned: the process died. */
  void drop() {
    steps.clear();
  }

  /** Makes one step; false when there is nothing to do. */
  final boolean step() {
    if (steps.isEmpty()) {
      plan();
    }
    Runnable next = steps.poll();
    if (next == null) {
      return false;
    }
    next.run();
    return true;
  }
}
