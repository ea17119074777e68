package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.core.backup.Agent;
import io.coldstream.core.backup.BackupParts;
import io.coldstream.core.backup.BackupRequest;
import io.coldstream.core.backup.BackupRun;
import io.coldstream.core.backup.capture.CaptureSettings;
import io.coldstream.core.backup.capture.CaptureStep;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.state.Hints;
import io.coldstream.core.support.work.Workers;
import io.coldstream.core.verify.VerifyOptions;
import io.coldstream.core.verify.VerifyParts;
import io.coldstream.core.verify.VerifyReport;
import io.coldstream.core.verify.VerifyRun;
import io.coldstream.core.verify.history.Author;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Opened;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A first backup that dies at each of its store's calls in turn: the next one makes it good, and every
 * byte of it is there.
 */
abstract class CrashOnStore {

  private static final int MORE_CALLS_THAN_A_RUN_MAKES = 100;

  @TempDir
  private Path temp;

  private final ExecutorService pool = Executors.newFixedThreadPool(4);
  private final Workers workers = new Workers(pool, 4);

  /** The URL of an empty place. */
  abstract String newRepository(Path folder);

  @AfterEach
  void endThreads() {
    pool.shutdownNow();
  }

  @Test
  void beforeACall() throws Exception {
    dieAtEveryCall(Fault::crash);
  }

  @Test
  void afterTheEffectWithTheAnswerLost() throws Exception {
    dieAtEveryCall(fault -> fault.after().crash());
  }

  @Test
  void halfWay() throws Exception {
    dieAtEveryCall(fault -> fault.halfway().crash());
  }

  private void dieAtEveryCall(UnaryOperator<Fault> death) throws Exception {
    Path database = Fixture.unpack("fresh-" + Fixtures.NEWEST, temp).database();
    int deaths = 0;
    int call = 0;
    boolean reached = true;
    while (reached) {
      call++;
      assertThat(call).isLessThan(MORE_CALLS_THAN_A_RUN_MAKES);
      String url = newRepository(temp.resolve("repository-" + call));
      try (ObjectStore store = Opened.store(url, Map.of())) {
        FaultyStore dying = new FaultyStore(store, death.apply(Fault.atCall(call)));
        Throwable end = catchThrowable(() -> backUp(database, dying));
        reached = dying.calls() >= call;
        // A call that fails by itself has no effect to die behind. Beside the thread that dies
        // others
        // end as they may: an HTTP client that meets an Error closes all of its connections.
        if (end != null) {
          assertThat(dying.happened()).as("the cause of: %s", end).isTrue();
          deaths++;
        }
      }
      try (ObjectStore later = Opened.store(url, Map.of())) {
        long sequence = backUp(database, later);
        assertThat(sequence).isBetween(1L, 2L);
        VerifyReport found = new VerifyRun(new VerifyParts(
                workers,
                Clock.systemUTC(),
                event -> {},
                new Author("host", "test"),
                Permission::toString,
                VerifyParts.Saving.USUAL))
            .run(new RepositoryLocation(later, "test").open(), VerifyOptions.data());
        found.requireGood();
        assertThat(found.counts().backups()).isEqualTo(sequence);
      }
    }
    assertThat(deaths).as("deaths").isGreaterThan(15);
  }

  private long backUp(Path database, ObjectStore store) throws RunException {
    CaptureSettings settings =
        CaptureSettings.of(DatabaseFolders.of(database, Optional.empty())).withMinFreeBytes(0);
    CaptureStep capture = new CaptureStep(
        new LocalDatabaseFiles(), () -> Long.MAX_VALUE, attempt -> {}, settings, event -> {});
    BackupParts parts = new BackupParts(
        store,
        capture,
        workers,
        Hints.NONE,
        event -> {},
        Clock.systemUTC(),
        new Random(),
        new Agent("host", "test"));
    return BackupRun.run(BackupRequest.of("test"), parts)
        .committed()
        .map(Manifest::sequence)
        .orElseThrow();
  }
}
