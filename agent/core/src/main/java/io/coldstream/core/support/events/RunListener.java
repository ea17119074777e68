package io.coldstream.core.support.events;

/** Is told what a run does. Called from several threads; must be quick and must not throw. */
@FunctionalInterface
public interface RunListener {

  /** Listens to nothing. */
  RunListener NONE = event -> {};

  /**
   * Something happened.
   *
   * @param event what
   */
  void on(RunEvent event);
}
