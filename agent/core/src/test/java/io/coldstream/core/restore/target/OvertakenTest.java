package io.coldstream.core.restore.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRun;
import io.coldstream.core.restore.TargetBed;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.testing.model.Oracle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What somebody else does to a target while a restore looks away. */
class OvertakenTest extends TargetBed {

  private static final OptionalLong MARK = OptionalLong.of((1L << 60) + 8);

  private interface Action {
    void run() throws Exception;
  }

  @Test
  void aRestoreThatFinishedBeforeTheLockIsSeen() throws Exception {
    Disk late = beforeTheLock(() -> {
      restore(OPTIONS);
      disk.createFolders(TARGET.resolve(Target.STAGING));
    });

    assertThatThrownBy(() -> RestoreBench.restore(late, repository.open(), OPTIONS))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("has changed since this restore began");

    assertThat(Oracle.structural().arranged().check(set())).isEmpty();
  }

  @Test
  void aFileThatAppearsBeforeTheLockIsRefused() throws Exception {
    Disk late = beforeTheLock(() -> disk.write(TARGET.resolve("notes.txt"), new byte[1]));

    assertThatThrownBy(() -> RestoreBench.restore(late, repository.open(), OPTIONS))
        .hasMessageContaining("is not empty: it holds notes.txt");

    assertThat(set().checkpoint("chaser")).isEmpty();
  }

  @Test
  void aDownloadedFileThatDisappearedIsRefused() throws Exception {
    assertThatThrownBy(() -> restoreWithBeforeArranging(() -> {
          String chunk = names(TARGET.resolve(Target.STAGING)).stream()
              .filter(name -> name.startsWith("chunk-"))
              .findFirst()
              .orElseThrow();
          disk.delete(TARGET.resolve(Target.STAGING).resolve(chunk));
        }))
        .hasMessageContaining("was fetched and is now missing or changed");

    assertThat(set().checkpoint("chaser")).isEqualTo(MARK);
    assertThat(restore(OPTIONS).outcome()).isEqualTo(RestoreReport.Outcome.RESTORED);
  }

  @Test
  void aMissingStartGuardIsRefused() throws Exception {
    byte[] other = Checkpoint.at(CheckpointName.CHASER, 4711).bytes();

    assertThatThrownBy(
            () -> restoreWithBeforeArranging(() -> disk.write(TARGET.resolve("chaser.chk"), other)))
        .hasMessageContaining("lost its start guard");

    assertThat(set().checkpoint("chaser")).hasValue(4711);
    assertThat(set().checkpoint("writer")).hasValue(1L << 60);
  }

  /** The disk, on which something is done at the last moment before a lock is taken. */
  private Disk beforeTheLock(Action action) {
    return (Disk) Proxy.newProxyInstance(
        Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (self, method, arguments) -> {
          if (method.getName().equals("lock")) {
            action.run();
          }
          try {
            return method.invoke(disk, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private void restoreWithBeforeArranging(Action action) throws RunException {
    RunListener listener = event -> {
      if (event instanceof RunEvent.StepStarted started && started.step() == Step.ARRANGE) {
        try {
          action.run();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
    };
    new RestoreRun(
            disk, RestoreBench.UNUSED, new Workers(Runnable::run, 1), RestoreBench.CLOCK, listener)
        .run(repository.open(), OPTIONS);
  }
}
