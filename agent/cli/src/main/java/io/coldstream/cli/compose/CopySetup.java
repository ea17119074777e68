package io.coldstream.cli.compose;

import io.coldstream.cli.settings.RepositoryAddress;
import io.coldstream.cli.settings.Settings;
import io.coldstream.core.copy.CopyParts;
import io.coldstream.core.copy.CopyReport;
import io.coldstream.core.copy.CopyRequest;
import io.coldstream.core.copy.CopyRun;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.RunLog;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.decorate.StoreMetrics;
import java.time.Clock;
import java.util.function.Consumer;

/** Where a copy works: opens both stores, each with its own settings and identity, and closes them. */
public final class CopySetup {

  private final Settings set;
  private final RepositoryAddress target;
  private final Clock clock;

  /**
   * A copy of the repository that is set.
   *
   * @param set what was set
   * @param target where it goes
   * @param clock the time
   */
  public CopySetup(Settings set, RepositoryAddress target, Clock clock) {
    this.set = set;
    this.target = target;
    this.clock = clock;
  }

  /**
   * Copies backups. The threads and the pace are those of the target.
   *
   * @param request the options
   * @param listener receives the progress
   * @param counted receives the statistics of the target's store at the end
   * @return what was copied
   * @throws RunException as {@link CopyRun} says; USAGE when one of the places lies in the other
   */
  public CopyReport copy(CopyRequest request, RunListener listener, Consumer<StoreMetrics> counted)
      throws RunException {
    new PlaceOverlap(set.requiredRepository(), target).refuse();
    try (Composition from = Composition.open(set, listener, metrics -> {});
        Composition to = Composition.openTarget(target, set, listener, counted)) {
      RunLog log = new RunLog();
      RunListener all = event -> {
        log.on(event);
        from.pace().on(event);
        to.pace().on(event);
        listener.on(event);
      };
      CopyParts parts = new CopyParts(
          from.repository(),
          new RepositoryLocation(to.store(), to.url()),
          to.workers(),
          all,
          clock);
      return CopyRun.run(request, parts);
    }
  }
}
