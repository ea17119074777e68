package io.coldstream.core.node;

import io.coldstream.core.repository.manifest.LogState;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.util.Optional;

/** The node whose files are captured. */
public interface SourceNode {

  /** No node is asked: it may run or not. */
  SourceNode NONE = new SourceNode() {
    @Override
    public Optional<String> version() {
      return Optional.empty();
    }

    @Override
    public void requireOwn(LogState log) {
      // Nothing is known of the node.
    }

    @Override
    public Quiet quiet() {
      return () -> {};
    }
  };

  /** {@return the version of the server; empty when it is not known} */
  Optional<String> version();

  /**
   * Makes sure that a captured log is the node's, as far as the node told.
   *
   * @param log what was captured, after the node was asked
   * @throws RunException {@link Kind#SOURCE_REFUSED} when it is another one
   * @throws InterruptedException when this thread was interrupted
   */
  void requireOwn(LogState log) throws RunException, InterruptedException;

  /**
   * Pauses what changes the node's files in the background, if that is wanted.
   *
   * @return resumes it when it is closed, also in an interrupted thread
   * @throws RunException when it cannot be paused; nothing stays paused then
   * @throws InterruptedException when this thread was interrupted; the same holds
   */
  Quiet quiet() throws RunException, InterruptedException;

  /** A time in which nothing is scavenged. */
  @FunctionalInterface
  interface Quiet extends AutoCloseable {
    /** Resumes what was paused. What cannot be resumed is told in a warning. */
    @Override
    void close();
  }
}
