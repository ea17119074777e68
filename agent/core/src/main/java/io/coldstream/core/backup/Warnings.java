package io.coldstream.core.backup;

import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Passes events on and keeps each warning once for the report. Thread-safe. */
final class Warnings implements RunListener {

  private final RunListener listener;
  private final Set<String> texts = new LinkedHashSet<>();

  Warnings(RunListener listener) {
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

  List<String> all() {
    synchronized (texts) {
      return List.copyOf(texts);
    }
  }
}
