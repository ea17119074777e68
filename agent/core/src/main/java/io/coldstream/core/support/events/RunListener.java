package io.coldstream.core.support.events;

/** Receives the events of a run. Called from several threads; must be quick and must not throw. */
@FunctionalInterface
public interface RunListener {

  /** Listens to nothing. */
  RunListener NONE = event -> {};

  /**
   * Receives an event.
   *
   * @param event what
   */
  void on(RunEvent event);
}
