package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.restore.target.ProcessTable;
import io.coldstream.core.restore.target.Target;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.work.Workers;
import io.coldstream.eventstore.testing.ExpectedState;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state of every server version, restored and compared with what the node had. */
class RestoreTest {

  @TempDir
  Path folder;

  static Stream<String> fixtures() {
    return Fixtures.names().stream();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void restoresEveryStateByteForByte(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, folder);
    for (String state : fixture.expected().keySet()) {
      TestRepository repository = TestRepository.of(fixture.database(state));
      Path target = folder.resolve("restored-" + state);

      RestoreReport report =
          RestoreBench.restore(new LocalDisk(), repository.open(), RestoreRequest.to(target));

      assertThat(report.outcome()).isEqualTo(RestoreReport.Outcome.RESTORED);
      assertThat(Oracle.structural().arranged().check(DatabaseSet.read(target))).isEmpty();
      assertSame(fixture.database(state), fixture.expected(state), target, report);
    }
  }

  private static void assertSame(
      Path original, ExpectedState expected, Path target, RestoreReport report) throws IOException {
    DatabaseSet before = DatabaseSet.read(original);
    DatabaseSet after = DatabaseSet.read(target);
    TreeSet<String> chunks = new TreeSet<>(after.root().keySet());
    chunks.removeIf(n -> !n.startsWith("chunk-"));
    assertThat(chunks).containsExactlyElementsOf(expected.cover());
    for (String chunk : chunks) {
      byte[] there = after.root().get(chunk);
      byte[] was = before.root().get(chunk);
      assertThat(there.length).isLessThanOrEqualTo(was.length);
      assertThat(there).as(chunk).isEqualTo(Arrays.copyOf(was, there.length));
      if (!chunk.equals(chunks.last())) {
        assertThat(there).hasSameSizeAs(was);
      }
    }
    after
        .index()
        .forEach(
            (file, bytes) -> assertThat(bytes).as(file).isEqualTo(before.index().get(file)));
    assertThat(after.index().containsKey("indexmap")).isEqualTo(report.plan().keepsIndex());
    assertThat(after.checkpoint("writer")).hasValue(report.plan().position());
    assertThat(after.checkpoint("chaser")).hasValue(report.plan().position());
    assertThat(after.checkpoint("truncate")).hasValue(-1);
    assertThat(after.checkpoint("proposal")).isEqualTo(before.checkpoint("proposal"));
    assertThat(expected.writer()).isGreaterThanOrEqualTo(report.plan().position());
  }

  @Test
  void restoresWithSeveralThreadsAndAnIndexElsewhere() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database());
    Path target = folder.resolve("new/db");
    Path index = folder.resolve("other/index");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      RestoreRun run = new RestoreRun(
          new LocalDisk(),
          new ProcessTable(),
          new Workers(pool, 4),
          RestoreBench.CLOCK,
          RunListener.NONE);
      RestoreReport report =
          run.run(repository.open(), RestoreRequest.to(target).withIndexIn(index));

      assertThat(report.fetchedBytes()).isEqualTo(report.plan().bytes());
      assertThat(report.database()).isEqualTo(target.toRealPath());
      assertThat(report.index()).isEqualTo(index.toRealPath());
    } finally {
      pool.shutdown();
    }
    assertThat(Oracle.check(target, index)).isEmpty();
    assertThat(names(target))
        .contains(RestoredMark.FILE_NAME)
        .doesNotContain(Target.STAGING, Target.SET_ASIDE);
    assertThat(names(index)).doesNotContain(Target.STAGING, Target.SET_ASIDE);
    RestoredMark mark =
        RestoredMark.read(Files.readAllBytes(target.resolve(RestoredMark.FILE_NAME)));
    assertThat(mark.repositoryId()).isEqualTo(repository.id());
    assertThat(mark.sequence()).isEqualTo(1);
    assertThat(mark.takesOver()).isFalse();
  }

  private static List<String> names(Path directory) throws IOException {
    return new LocalDisk().list(directory).stream().map(DiskEntry::name).toList();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void arrangesForTruncationAsTheDocumentationDoes(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, folder);
    for (String state : fixture.expected().keySet()) {
      TestRepository repository = TestRepository.of(fixture.database(state));
      Path target = folder.resolve("restored-" + state);

      RestoreReport report = RestoreBench.restore(
          new LocalDisk(),
          repository.open(),
          RestoreRequest.to(target).truncating(RestoreRequest.DEFAULT_MAX_DROP_BYTES));

      DatabaseSet after = DatabaseSet.read(target);
      assertThat(after.checkpoint("truncate")).isEqualTo(after.checkpoint("chaser"));
      assertThat(after.checkpoint("writer")).hasValue(fixture.expected(state).writer());
      assertThat(Oracle.structural().truncatingAt(report.plan().position()).check(after))
          .isEmpty();
    }
  }
}
