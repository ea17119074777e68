package io.coldstream.store;

/** Receives the progress of a put. Called by the thread that puts; throws nothing. */
@FunctionalInterface
public interface PutListener {

  /** Ignores everything. */
  PutListener NONE = (there, parts) -> {};

  /**
   * An earlier put of this name had broken off, and this one resumes it. Called at most
   * once in a call, when it is known what need not be sent again.
   *
   * @param partsThere how many parts the store had already, 1 or more; each was compared
   * @param parts how many there are in all
   */
  void resumed(int partsThere, int parts);

  /**
   * The put fails, for whatever reason. Called at most once in a put, and only when the next attempt
   * can resume.
   *
   * @param bytes how many of the content's bytes the store is known to have, 0 or more
   */
  default void reached(long bytes) {}
}
