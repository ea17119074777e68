package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.ManifestJson;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrashTest {

  private static final int MORE_CALLS_THAN_A_RUN_MAKES = 200;

  @TempDir
  Path temp;

  @Test
  void aRunThatDiesBeforeAnyCallIsMadeGoodByTheNext() throws Exception {
    dieAtEveryCall(Fault::crash);
  }

  @Test
  void aRunThatDiesAfterAnyCallIsMadeGoodByTheNext() throws Exception {
    dieAtEveryCall(fault -> fault.after().crash());
  }

  @Test
  void aRunThatDiesHalfWayThroughAnyCallIsMadeGoodByTheNext() throws Exception {
    dieAtEveryCall(fault -> fault.halfway().crash());
  }

  private void dieAtEveryCall(UnaryOperator<Fault> death) throws Exception {
    Fixture fixture = Fixture.unpack("series-" + Fixtures.NEWEST, temp);
    Map<ObjectName, byte[]> afterDay1 = afterDay1(fixture);
    boolean died = true;
    for (int call = 1; died; call++) {
      assertThat(call).isLessThan(MORE_CALLS_THAN_A_RUN_MAKES);
      try (Bed bed = new Bed()) {
        afterDay1.forEach(bed.memory::replace);
        FaultyStore store = new FaultyStore(bed.memory, death.apply(Fault.atCall(call)));
        Throwable end = catchThrowable(() -> bed.backUp(fixture.database("day2"), store));
        died = end != null;
        if (died) {
          assertThat(end).isInstanceOf(Crash.class);
        }
        requireWholeBackups(bed, fixture);

        Manifest next = bed.backUp(fixture.database("day2")).committed().orElseThrow();
        assertThat(next.sequence()).isBetween(2L, 3L);
        assertThat(next.sequence() == 3).isEqualTo(bed.names("manifests/").size() == 3);
        requireWholeBackups(bed, fixture);
      }
    }
  }

  /** The first backup of a repository, in which more is made. */
  @Test
  void aFirstRunThatDiesIsMadeGoodByTheNext() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, temp);
    boolean died = true;
    for (int call = 1; died; call++) {
      try (Bed bed = new Bed()) {
        FaultyStore store =
            new FaultyStore(bed.memory, Fault.atCall(call).after().crash());
        died = catchThrowable(() -> bed.backUp(fixture.database(), store)) != null;
        Manifest next = bed.backUp(fixture.database()).committed().orElseThrow();
        SeriesBackupTest.assertHolds(bed, next, fixture.database());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StoreException.Kind.class,
      names = {"ACCESS_DENIED", "CORRUPT", "REJECTED", "UNAVAILABLE"})
  void aStoreThatFailsHalfWayEndsTheRunWithItsKind(StoreException.Kind kind) throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, temp);
    boolean failed = true;
    for (int call = 1; failed; call++) {
      try (Bed bed = new Bed()) {
        FaultyStore store = new FaultyStore(bed.memory, Fault.atCall(call).as(kind));
        Throwable end = catchThrowable(() -> bed.backUp(fixture.database(), store));
        failed = end != null;
        if (failed) {
          assertThat(end).isInstanceOf(RunException.class);
          assertThat(((RunException) end).kind())
              .isEqualTo(RunException.of(new StoreException(kind, "x", null)).kind());
          assertThat(bed.names("manifests/")).isEmpty();
        }
        bed.backUp(fixture.database());
      }
    }
  }

  @Test
  void aLostAnswerToAnyCallEndsWellBehindRetries() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, temp);
    RetryPolicy policy =
        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofDays(1));
    boolean lost = true;
    for (int call = 1; lost; call++) {
      try (Bed bed = new Bed()) {
        FaultyStore store = new FaultyStore(bed.memory, Fault.atCall(call).after());
        BackupReport report = bed.backUp(
            fixture.database(), new RetryingStore(store, policy, new Random(call), duration -> {}));
        lost = store.happened();
        assertThat(report.committed()).contains(bed.manifest(1));
        assertThat(report.captures()).isEqualTo(1);
        SeriesBackupTest.assertHolds(bed, bed.manifest(1), fixture.database());
      }
    }
  }

  private static Map<ObjectName, byte[]> afterDay1(Fixture fixture) throws Exception {
    try (Bed bed = new Bed()) {
      bed.backUp(fixture.database("day1"));
      return bed.memory.contents();
    }
  }

  private static void requireWholeBackups(Bed bed, Fixture fixture) throws Exception {
    for (String name : bed.names("manifests/")) {
      Map<ObjectName, byte[]> contents = bed.memory.contents();
      ObjectName object = new ObjectName(name);
      long sequence = Layout.sequence(object).orElseThrow();
      Manifest manifest = ManifestJson.read(contents.get(object), object.value(), sequence);
      String day = sequence == 1 ? "day1" : "day2";
      SeriesBackupTest.assertHolds(bed, manifest, fixture.database(day));
    }
  }
}
