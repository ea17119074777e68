package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.StartGuardValues;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.Remedy.Action;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A repository that has lost some files: all others are fetched, and the start guard stays. */
class LostFilesTest extends TargetBed {

  private final List<String> warnings = new CopyOnWriteArrayList<>();

  private RunException refused() {
    RunException failure = catchThrowableOfType(RunException.class, () -> restore(OPTIONS));
    assertThat(failure.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED);
    return failure;
  }

  private void assertGuarded() throws IOException {
    assertThat(StartGuardValues.arePresent(set().checkpoint("chaser"))).isTrue();
    for (ServerModel server : ServerModel.all()) {
      assertThat(server.start(set())).isEqualTo(ServerModel.Answer.REFUSES);
    }
  }

  /** Not the index map: that one is read for the plan. */
  private ObjectName object(String where) {
    return repository.store().contents().keySet().stream()
        .filter(n -> n.value().startsWith(where) && !n.value().contains("indexmap"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "chunks/, missing", "index/, missing", "active/, missing",
    "chunks/, altered", "index/, altered", "active/, altered",
    "chunks/, shorter", "index/, shorter", "active/, shorter"
  })
  void allOtherFilesAreFetchedAndTheNextRunNeedsOnlyTheLostOne(String where, String how)
      throws Exception {
    ObjectName name = object(where);
    byte[] good = repository.store().contents().get(name);
    damage(name, how);

    RunException failure = refused();

    assertThat(failure).hasMessageContaining(name.value());
    assertGuarded();
    repository.store().replace(name, good);
    RestoreReport report = RestoreBench.restore(disk, repository.open(), OPTIONS);
    assertThat(report.outcome()).isEqualTo(RestoreReport.Outcome.RESTORED);
    assertThat(report.fetchedBytes())
        .isPositive()
        .isLessThanOrEqualTo(fileOf(name).lengthBytes());
  }

  private void damage(ObjectName name, String how) throws IOException {
    switch (how) {
      case "missing" -> repository.remove(name);
      case "altered" -> repository.flipBit(name);
      default -> repository.alter(name, bytes -> Arrays.copyOf(bytes, bytes.length - 7));
    }
  }

  private FileEntry fileOf(ObjectName name) throws RunException {
    return BackupFiles.read(repository.open(), 1).all().stream()
        .filter(file -> file.objects().stream().anyMatch(o -> o.object().equals(name)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void severalThreadsNameAllLostFilesWithTheirRepairs() throws Exception {
    List<ObjectName> lost = List.of(object("chunks/"), object("index/"), object("active/"));
    repository.remove(lost.get(0));
    repository.flipBit(lost.get(1));
    repository.flipBit(lost.get(2));
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      RestoreRun run = new RestoreRun(
          disk, RestoreBench.UNUSED, new Workers(pool, 3), RestoreBench.CLOCK, event -> {
            if (event instanceof RunEvent.Warning warning) {
              warnings.add(warning.text());
            }
          });
      RunException failure =
          catchThrowableOfType(RunException.class, () -> run.run(repository.open(), OPTIONS));

      assertThat(failure.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED);
      assertThat(failure).hasMessageStartingWith("3 files cannot be restored: ");
      for (ObjectName name : lost) {
        assertThat(failure).hasMessageContaining(fileOf(name).name());
      }
      assertThat(failure.remedies())
          .extracting(Remedy::action)
          .containsExactlyInAnyOrder(Action.RECHECK, Action.RESEND, Action.RESEND);
      assertThat(warnings).hasSize(3).allMatch(text -> text.contains("other files are still"));
      assertGuarded();
    } finally {
      pool.shutdownNow();
    }
  }
}
