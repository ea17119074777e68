package io.coldstream.store.testkit;

/**
 * The death of the process in the middle of a store's call. It is an {@link Error} so that
 * nothing which handles failures handles it: a test catches it where the process would have ended.
 */
public final class Crash extends Error {

  private static final long serialVersionUID = 1L;

  /**
   * The end.
   *
   * @param where the call during or after which the process died
   */
  public Crash(String where) {
    super("the process died: " + where);
  }
}
