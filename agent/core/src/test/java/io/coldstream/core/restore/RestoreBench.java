package io.coldstream.core.restore;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.restore.target.TargetUse;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** What tests need to run a restore. */
public final class RestoreBench {

  /** Nobody works in any directory. */
  public static final TargetUse UNUSED = folder -> Optional.empty();

  public static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private RestoreBench() {}

  /** A run that does its work in the calling thread. */
  public static RestoreRun on(Disk disk) {
    return on(disk, UNUSED);
  }

  public static RestoreRun on(Disk disk, TargetUse use) {
    return new RestoreRun(disk, use, new Workers(Runnable::run, 1), CLOCK, RunListener.NONE);
  }

  public static RestoreReport restore(Disk disk, Repository repository, RestoreRequest options)
      throws RunException {
    return on(disk).run(repository, options);
  }
}
