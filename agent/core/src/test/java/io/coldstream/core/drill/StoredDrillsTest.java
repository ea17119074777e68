package io.coldstream.core.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.server.Misbehaviour;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a drill leaves in the repository. */
class StoredDrillsTest {

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  @TempDir
  private Path temporary;

  private TestRepository repository;

  @BeforeEach
  void backUp() throws Exception {
    repository =
        TestRepository.of(Fixture.unpack("orders-" + Fixtures.NEWEST, temporary).database());
  }

  private DrillReport drill(Repository from, Misbehaviour misbehaviour) throws RunException {
    try (InProcessServer server = new InProcessServer(misbehaviour)) {
      return new Drills(temporary.resolve("scratch")).run(from, server);
    }
  }

  private static DrillRecord record(long sequence, Instant time, boolean proved) {
    return new DrillRecord(
        sequence,
        "repository",
        time,
        proved,
        1,
        "direct",
        "kurrentd",
        Optional.empty(),
        0,
        Optional.empty(),
        List.of(),
        0,
        0,
        0,
        Optional.empty(),
        List.of());
  }

  @Test
  void theResultOfADrillIsReadAsItWasStored() throws Exception {
    DrillReport report = drill(repository.open(), Misbehaviour.NONE);

    DrillRecord stored = new StoredDrills(repository.open()).newest(1).orElseThrow();

    assertThat(report.stored().orElseThrow().value()).startsWith("drills/000000000001/");
    assertThat(stored.proved()).isTrue();
    assertThat(stored.repository()).isEqualTo(repository.id());
    assertThat(stored.position()).isEqualTo(report.plan().position());
    assertThat(stored.lastEvent().orElseThrow().id())
        .isEqualTo(report.last().orElseThrow().id());
    assertThat(stored.tailEvents()).isEqualTo(report.compared().tail());
    assertThat(stored.steps()).hasSize(report.steps().size());
    assertThat(stored.serverVersion()).contains("26.1.0");
    assertThat(stored.readyMillis()).isPresent();
  }

  @Test
  void aFailedDrillIsStoredWithItsFaults() throws Exception {
    drill(repository.open(), Misbehaviour.ALTER_DATA);

    DrillRecord stored = new StoredDrills(repository.open()).newest(1).orElseThrow();

    assertThat(stored.proved()).isFalse();
    assertThat(stored.faults()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void theNewestOfABackupIsFoundAndThoseOfOthersAreNot() throws Exception {
    StoredDrills drills = new StoredDrills(repository.open());
    drills.store(record(1, TIME.plusSeconds(60), false), "b");
    drills.store(record(1, TIME, true), "z");
    drills.store(record(2, TIME.plusSeconds(3600), true), "c");
    repository.store().replace(new ObjectName("drills/000000000001/notes.txt"), new byte[1]);

    assertThat(drills.newest(1).orElseThrow().time()).isEqualTo(TIME.plusSeconds(60));
    assertThat(drills.newest(3)).isEmpty();
    assertThat(Layout.drill(1, TIME, "z").value())
        .isEqualTo("drills/000000000001/20260102T030405Z-z.json");
  }

  @Test
  void aDamagedResultIsNotBelieved() throws Exception {
    StoredDrills drills = new StoredDrills(repository.open());
    repository.flipBit(drills.store(record(1, TIME, true), "a"));

    assertThatThrownBy(() -> drills.newest(1))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("does not match the SHA-256");
  }

  @Test
  void anIdentityThatCannotCreateGetsAWarningAndTheResult() throws Exception {
    FaultyStore readOnly = new FaultyStore(
        repository.store(), Fault.atCall(Verb.PUT, 1).as(StoreException.Kind.ACCESS_DENIED));
    Drills drills = new Drills(temporary.resolve("scratch"));
    try (InProcessServer server = new InProcessServer(Misbehaviour.NONE)) {
      DrillReport report = drills.run(TestRepository.open(readOnly), server);

      assertThat(report.isProved()).isTrue();
      assertThat(report.stored()).isEmpty();
      assertThat(drills.warnings())
          .singleElement()
          .asString()
          .startsWith("the result of this drill is not in the repository: ");
    }
  }
}
