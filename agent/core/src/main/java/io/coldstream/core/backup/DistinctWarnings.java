package io.coldstream.core.backup;

import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import java.util.HashSet;
import java.util.Set;

/** Passes events on, but each warning only once: a run repeats its steps. Thread-safe. */
final class DistinctWarnings implements RunListener {

  private final RunListener listener;
  private final Set<String> texts = new HashSet<>();

  DistinctWarnings(RunListener listener) {
    this.listener = listener;
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Warning warning) {
      synchronized (texts) {
        if (!texts.add(warning.text())) {
          return;
        }
      }
    }
    listener.on(event);
  }
}
