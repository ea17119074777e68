package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.testkit.LockHolder;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.RandomSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions that are over, damaged, of another kind, or swept. */
class KeptSessionsTest extends ResumeBed {

  @Test
  void anObjectWithALostAnswerIsFoundByTheNextPut() throws Exception {
    server.faults().add(nthPut(7), Faults.loseAnswer());
    server.faults().add(nthPut(8), Faults.refuse(503, "backendError"));
    try (ObjectStore store = store()) {
      assertThat(failure(store, GOOD).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void anObjectWithALostAnswerIsNotTakenForAnotherContent() throws Exception {
    server.faults().add(nthPut(7), Faults.loseAnswer());
    server.faults().add(nthPut(8), Faults.refuse(503, "backendError"));
    try (ObjectStore store = store()) {
      assertThat(failure(store, GOOD).kind()).isEqualTo(Kind.UNAVAILABLE);
      RandomSource other = new RandomSource(2, GOOD.lengthBytes());
      assertThat(failure(store, other).kind()).isEqualTo(Kind.ALREADY_EXISTS);
      assertThat(read(store)).isEqualTo(GOOD.bytes());
    }
  }

  @Test
  void anObjectThatWasDeletedAfterALostAnswerIsCreatedAgain() throws Exception {
    server.faults().add(nthPut(7), Faults.loseAnswer());
    server.faults().add(nthPut(8), Faults.refuse(503, "backendError"));
    try (ObjectStore store = store()) {
      assertThat(failure(store, GOOD).kind()).isEqualTo(Kind.UNAVAILABLE);
      store.delete(List.of(NAME));
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(kept()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "kms-key, projects/p/locations/eu/keyRings/r/cryptoKeys/k",
    "storage-class, NEARLINE",
  })
  void anUploadWithOtherSettingsIsNotResumed(String setting, String value) throws Exception {
    breakOff(GOOD);
    try (ObjectStore other = store(setting, value);
        ObjectStore same = store()) {
      assertHolds(other, put(other, GOOD), GOOD);
      assertThat(resumed).isEmpty();
      assertThat(kept()).as("for who puts as it was begun").hasSize(1);
      other.delete(List.of(NAME));
      assertHolds(same, put(same, GOOD), GOOD);
    }
    assertThat(resumed).containsExactly("2 of 7");
  }

  @Test
  void aRefusedCancelDoesNotPreventAPut() throws Exception {
    for (RandomSource other : List.of(
        new RandomSource(2, GOOD.lengthBytes()), new RandomSource(1, GOOD.lengthBytes() + 1))) {
      breakOff(GOOD);
      server.log().clear();
      server
          .faults()
          .add(When.request("DELETE", "/upload/").from(1), Faults.refuse(403, "forbidden"));
      try (ObjectStore store = store()) {
        assertHolds(store, put(store, other), other);
        store.delete(List.of(NAME));
      }
      assertThat(server.log().count("DELETE", "/upload/")).as("tried").isEqualTo(1);
      assertThat(kept()).isEmpty();
    }
    assertThat(resumed).isEmpty();
  }

  @Test
  void aDamagedSessionFileStartsFromScratch() throws Exception {
    for (int at : new int[] {40, SessionHeader.BYTES + 16 + 9}) {
      breakOff(GOOD);
      Path file = kept().get(0);
      byte[] bytes = Files.readAllBytes(file);
      bytes[at] ^= 1;
      Files.write(file, bytes);
      try (ObjectStore store = store()) {
        assertHolds(store, put(store, GOOD), GOOD);
        store.delete(List.of(NAME));
      }
    }
    assertThat(resumed).isEmpty();
    assertThat(kept()).isEmpty();
  }

  @Test
  void aSessionThatAnotherProcessUsesIsLeftAlone() throws Exception {
    breakOff(GOOD);
    Path theirs = kept().get(0);
    LockHolder other = new LockHolder(theirs);
    try (other;
        ObjectStore store = store()) {
      assertHolds(store, put(store, GOOD), GOOD);
      assertThat(resumed).isEmpty();
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(-1)).found()).isZero();
    }
    assertThat(kept()).containsExactly(theirs);
  }

  @ParameterizedTest
  @CsvSource({"503, backendError, UNAVAILABLE", "403, forbidden, ACCESS_DENIED"})
  void aSweepWhoseCancelIsRefusedKeepsTheSession(int status, String reason, Kind kind)
      throws Exception {
    breakOff(GOOD);
    server.faults().add(When.request("DELETE", "/upload/").from(1), Faults.refuse(status, reason));
    try (ObjectStore store = store()) {
      assertThat(Failures.of(() -> store.sweep(ObjectPrefix.ALL, Duration.ofDays(-1)))
              .kind())
          .isEqualTo(kind);
      assertThat(kept()).hasSize(1);
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(-1)).found()).isEqualTo(1);
    }
    assertThat(kept()).isEmpty();
    assertThat(server.openSessions()).isZero();
  }

  @Test
  void aSweepRemovesIncompleteSessionFilesOfADeadProcess() throws Exception {
    Path old = Files.createFile(Files.createDirectories(folder()).resolve("1.tmp"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Path young = Files.createFile(folder().resolve("2.tmp"));
    try (ObjectStore store = store()) {
      store.sweep(ObjectPrefix.ALL, Duration.ofDays(1));
    }
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void withoutAUsableFolderTheSameProcessStillResumes() throws Exception {
    Files.writeString(folder(), "not a folder");
    breakOff(GOOD);
    assertThat(Files.readString(folder())).isEqualTo("not a folder");
    server.faults().add(nthPut(3), Faults.drop());
    try (ObjectStore store = store()) {
      assertThat(failure(store, GOOD).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).containsExactly("2 of 7");
  }

  @Test
  void aSessionThatCannotBeKeptIsLoggedAsAWarning() throws Exception {
    Files.writeString(folder(), "not a folder");
    try (LogLines log = new LogLines();
        ObjectStore store = store()) {
      assertHolds(store, put(store, GOOD), GOOD);
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .startsWith("WARN KeptSession: only this process can resume the upload")
          .contains(folder().toString());
    }
  }

  @Test
  void aSweepCancelsOldSessionsUnderThePrefix() throws Exception {
    breakOff(GOOD);
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(3));
    try (ObjectStore store = OnServer.store(server, Optional.of(folder()), later)) {
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(4)).found()).isZero();
      assertThat(store.sweep(new ObjectPrefix("index/"), Duration.ofDays(1)).found())
          .isZero();
      assertThat(kept()).hasSize(1);
      assertThat(store.sweep(new ObjectPrefix("chunks/"), Duration.ofDays(1)).removed())
          .isEqualTo(1);
    }
    assertThat(kept()).isEmpty();
    assertThat(server.openSessions()).isZero();
  }

  @Test
  void aSweepCancelsSessionsInTheMemoryOfThisProcess() throws Exception {
    server.faults().add(nthPut(3), Faults.drop());
    try (ObjectStore store = OnServer.store(server)) {
      assertThat(failure(store, GOOD).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)).found()).isZero();
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ZERO.minusSeconds(1)).removed())
          .isEqualTo(1);
    }
    assertThat(server.openSessions()).isZero();
  }

  @Test
  void aSessionOfAnotherStoreIsLeftAlone() throws Exception {
    breakOff(GOOD);
    try (GcsServer other = OnServer.server();
        ObjectStore store = OnServer.store(other, Optional.of(folder()), Clock.systemUTC())) {
      assertHolds(store, put(store, GOOD), GOOD);
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ZERO.minusDays(1)).found())
          .isZero();
    }
    assertThat(kept()).hasSize(1);
    assertThat(resumed).isEmpty();
  }

  /** Leaves an upload of which the store has two parts. */
}
