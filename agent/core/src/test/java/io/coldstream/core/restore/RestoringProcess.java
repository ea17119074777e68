package io.coldstream.core.restore;

import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectStore;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A restore in a process of its own, which stands still when it has fetched so much. */
final class RestoringProcess {

  static final int STREAMS = 2;

  private RestoringProcess() {}

  /** Takes the repository's folder, the target, a file for the account, and when to stand still. */
  public static void main(String[] arguments) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(STREAMS);
    try (FileChannel account = FileChannel.open(
            Path.of(arguments[2]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        ObjectStore store = LocalRepository.open(Path.of(arguments[0]))) {
      StallingReads reads = new StallingReads(store, account, Long.parseLong(arguments[3]));
      RunListener listener = event -> {
        if (event instanceof RunEvent.StepStarted step && step.step() == Step.DOWNLOAD) {
          reads.begin();
        }
      };
      new RestoreRun(
              new LocalDisk(),
              RestoreBench.UNUSED,
              new Workers(pool, STREAMS),
              RestoreBench.CLOCK,
              listener)
          .run(TestRepository.open(reads.store()), RestoreRequest.to(Path.of(arguments[1])));
    } finally {
      pool.shutdownNow();
    }
  }
}
