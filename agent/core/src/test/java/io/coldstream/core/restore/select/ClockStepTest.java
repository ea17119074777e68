package io.coldstream.core.restore.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.SmallDatabase;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.eventstore.testing.AppendedEvents;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.WriterModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A time is that of the records, whose order is that of their positions, not of their clocks. */
class ClockStepTest {

  @TempDir
  Path folder;

  private static RestorePlan plan(TestRepository repository, Instant time) throws Exception {
    return RestoreBench.restore(
            new CrashingDisk(),
            repository.open(),
            RestoreRequest.to(Path.of("/data/db"))
                .at(new RestorePoint.AtTime(time))
                .dry())
        .plan();
  }

  @Test
  void theLogEndsBeforeTheFirstLaterRecordOfAChunkAlsoIfEarlierOnesFollow() throws Exception {
    Path database = Fixture.unpack("fresh-" + Fixtures.NEWEST, folder).database();
    AppendedEvents events = new AppendedEvents(database);
    Instant noon = Instant.parse("2030-01-01T12:00:00Z");
    long first = events.append("s", 0, "T", noon);
    long later = events.append("s", 1, "T", noon.plusSeconds(60));
    long back = events.append("s", 2, "T", noon.plusSeconds(30));
    long last = events.append("s", 3, "T", noon.plusSeconds(120));
    TestRepository repository = TestRepository.of(database);

    RestorePlan before = plan(repository, noon.plusSeconds(45));
    assertThat(before.position()).isEqualTo(later);
    assertThat(before.records().lastKept().orElseThrow().record().position()).isEqualTo(first);
    assertThat(before.records().firstDropped().orElseThrow().record().position())
        .isEqualTo(later);

    RestorePlan after = plan(repository, noon.plusSeconds(90));
    assertThat(after.position()).isEqualTo(last);
    assertThat(after.records().lastKept().orElseThrow().record().position()).isEqualTo(back);
    assertThat(after.positionTime()).contains(noon.plusSeconds(30));
  }

  @Test
  void betweenChunksTheLastRecordKeptIsNotLaterThanTheTime() throws Exception {
    WriterModel model = SmallDatabase.model(31, 300);
    model.stepClock(Duration.ofSeconds(-20));
    model.run(300);
    model.snapshot().writeTo(folder.resolve("db"));
    TestRepository repository = TestRepository.of(folder.resolve("db"));
    Instant end = repository.open().manifest(1).log().restorePointTime();
    for (int seconds = 0; seconds < 20; seconds++) {
      Instant time = end.minusSeconds(seconds);
      RestorePlan plan = plan(repository, time);
      assertThat(plan.positionTime().orElseThrow()).as("at %s", time).isBefore(time.plusSeconds(1));
    }
  }
}
