package io.coldstream.core.restore.fetch;

import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The files that a repository has lost: they end a restore after all others. Thread-safe. */
final class LostFiles {

  private final RunListener listener;
  private final Map<String, RunException> lost = new TreeMap<>();

  LostFiles(RunListener listener) {
    this.listener = listener;
  }

  /** Fetches a file, of which nothing is fetched when the repository has lost it. */
  long except(PlannedFile file, Workers.Task<Long> fetch)
      throws IOException, RunException, InterruptedException {
    try {
      return fetch.run();
    } catch (RunException e) {
      if (e.kind() != Kind.REPOSITORY_DAMAGED) {
        throw e;
      }
      listener.on(new RunEvent.Warning(
          file.name() + " cannot be restored; the other files are still fetched and checked"));
      synchronized (this) {
        lost.put(file.name(), e);
      }
      return 0;
    }
  }

  /** Ends the restore when a file is lost: with its own failure, or with those of all. */
  synchronized void requireNone() throws RunException {
    if (lost.isEmpty()) {
      return;
    }
    RunException first = lost.values().iterator().next();
    if (lost.size() == 1) {
      throw first;
    }
    Set<Remedy> remedies = new LinkedHashSet<>();
    lost.values().forEach(e -> remedies.addAll(e.remedies()));
    throw new RunException(
        Kind.REPOSITORY_DAMAGED,
        lost.size() + " files cannot be restored: " + String.join(", ", lost.keySet()) + ". "
            + first.getMessage(),
        first,
        new ArrayList<>(remedies));
  }
}
