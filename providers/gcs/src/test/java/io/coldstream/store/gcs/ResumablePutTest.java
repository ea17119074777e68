package io.coldstream.store.gcs;

import static io.coldstream.store.gcs.OnServer.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.gcs.emulator.Answer;
import io.coldstream.store.gcs.emulator.Fault;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.LyingSources;
import io.coldstream.store.testkit.RandomSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Uploads that break off, and what becomes of them, in this process and in another one. */
class ResumablePutTest extends ResumeBed {

  @Test
  void aBrokenPutResumesWhereTheStoreIs() throws Exception {
    server.faults().add(nthPut(3), Faults.refuse(503, "backendError"));
    try (ObjectStore store = OnServer.store(server)) {
      assertThat(failure(store, GOOD).kind()).isEqualTo(Kind.UNAVAILABLE);
      server.log().clear();
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).containsExactly("2 of 7");
    assertThat(server.log().count("POST", "/upload/")).isZero();
    assertThat(server.log().count("PUT", "/upload/")).as("asks, and sends five").isEqualTo(6);
    assertThat(server.openSessions()).isZero();
  }

  @Test
  void aPutThatAdvancesIsRetriedUntilItIsDone() throws Exception {
    // Each attempt asks, sends one part, and is refused the next one.
    for (int put : new int[] {2, 5, 8, 11, 14}) {
      server.faults().add(nthPut(put), Faults.refuse(503, "backendError"));
    }
    RetryPolicy twice =
        new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofHours(1));
    try (ObjectStore store = new RetryingStore(store(), twice, new Random(1), pause -> {})) {
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(server.log().entries().stream().filter(entry -> entry.status() == 503))
        .hasSize(5);
  }

  @Test
  void anotherProcessResumesAfterACrash() throws Exception {
    ObjectSource deadly = LyingSources.meeting(GOOD, 4L * PART_BYTES + 100, () -> {
      throw new Crash("reading the source");
    });
    ObjectStore dying = store();
    assertThatThrownBy(() -> put(dying, deadly)).isInstanceOf(Crash.class);
    assertThat(kept()).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(kept().get(0))))
        .isEqualTo("rw-------");
    try (ObjectStore store = store()) {
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).containsExactly("4 of 7");
    assertThat(kept()).isEmpty();
    dying.close();
  }

  @Test
  void anotherPartSizeResumesToo() throws Exception {
    breakOff(GOOD);
    try (ObjectStore store = store("part-size", "512KiB")) {
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).containsExactly("1 of 4");
  }

  @Test
  void anotherContentStartsFromScratch() throws Exception {
    for (RandomSource other : List.of(
        new RandomSource(2, GOOD.lengthBytes()),
        new RandomSource(1, GOOD.lengthBytes() + 1),
        new RandomSource(1, GOOD.lengthBytes() - PART_BYTES))) {
      breakOff(GOOD);
      try (ObjectStore store = store()) {
        assertHolds(store, put(store, other), other);
        store.delete(List.of(NAME));
      }
      assertThat(server.openSessions()).as("the old one is cancelled").isZero();
      assertThat(kept()).isEmpty();
    }
    assertThat(resumed).isEmpty();
  }

  @Test
  void aContentThatDiffersOnlyAfterTheStoredBytesResumes() throws Exception {
    byte[] bytes = GOOD.bytes();
    breakOff(GOOD);
    Arrays.fill(bytes, 3 * PART_BYTES, bytes.length, (byte) 7);
    try (ObjectStore store = store()) {
      put(store, Content.of(bytes));
      assertThat(read(store)).isEqualTo(bytes);
    }
    assertThat(resumed).containsExactly("2 of 7");
  }

  @Test
  void aSourceThatChangesTwiceIsNotTakenForTheFirstContent() throws Exception {
    byte[] changed = GOOD.bytes();
    changed[PART_BYTES] ^= 1;
    breakOff(GOOD);
    try (ObjectStore store = store()) {
      put(store, Content.of(changed));
      assertThat(read(store)).isEqualTo(changed);
    }
    assertThat(resumed).isEmpty();
  }

  @Test
  void anExpiredSessionStartsFromScratch() throws Exception {
    breakOff(GOOD);
    server.expireSessions();
    try (ObjectStore store = store()) {
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).isEmpty();
  }

  @Test
  void aSessionThatIsCancelledMeanwhileStartsFromScratch() throws Exception {
    server.faults().add(nthPut(3), Faults.before(server::expireSessions));
    try (ObjectStore store = store()) {
      StoreException failure = failure(store, GOOD);
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("begins anew");
      assertHolds(store, put(store, GOOD), GOOD);
    }
  }

  @Test
  void afterALostLastAnswerTheSessionIsAsked() throws Exception {
    server.faults().add(nthPut(7), Faults.loseAnswer());
    try (ObjectStore store = store()) {
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void afterALostLastAnswerAListingDecides() throws Exception {
    server.faults().add(nthPut(7), new Fault() {
      @Override
      public Answer outgoing(Answer real) throws IOException {
        server.expireSessions();
        throw new IOException("the connection ends");
      }
    });
    try (ObjectStore store = store()) {
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void aPutResumesWhereAStoreKeptLess() throws Exception {
    server.faults().add(nthPut(2), Faults.keepOnly(300 << 10));
    try (ObjectStore store = store("part-size", "512KiB")) {
      assertThat(failure(store, GOOD)).hasMessageContaining("kept 786432 bytes only");
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).containsExactly("1 of 4");
  }

  @Test
  void bytesThatWereAlteredInTransitBecomeNoObject() throws Exception {
    server.faults().add(nthPut(2), new Fault() {
      @Override
      public InputStream incoming(InputStream body) {
        try {
          byte[] bytes = body.readAllBytes();
          bytes[9] ^= 1;
          return new ByteArrayInputStream(bytes);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    });
    try (ObjectStore store = store()) {
      StoreException failure = failure(store, GOOD);
      assertThat(failure.kind()).as("%s", failure).isEqualTo(Kind.UNAVAILABLE);
      assertThat(store.stat(NAME)).isEmpty();
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).isEmpty();
  }

  @Test
  void oneOfTwoPutsThatResumeAtOnceWins() throws Exception {
    breakOff(GOOD);
    CountDownLatch halfway = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ObjectSource slow = LyingSources.meeting(GOOD, 4L * PART_BYTES, () -> {
      halfway.countDown();
      await(goOn);
    });
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (ObjectStore first = store();
        ObjectStore second = store()) {
      Future<StoreException> loser = thread.submit(() -> failure(first, slow));
      assertThat(halfway.await(20, TimeUnit.SECONDS)).isTrue();
      StoredObject stored = put(second, GOOD);
      goOn.countDown();
      assertThat(loser.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Kind.ALREADY_EXISTS);
      assertHolds(second, stored, GOOD);
      assertThat(second.list(ObjectPrefix.ALL, ListCursor.START).objects()).hasSize(1);
    } finally {
      thread.shutdownNow();
    }
    assertThat(kept()).isEmpty();
    assertThat(server.openSessions()).isZero();
  }

  @Test
  void aHundredRefusalsAreRetried() throws Exception {
    server.faults().add(nthPut(2).times(100), Faults.refuse(503, "backendError"));
    RetryPolicy patient =
        new RetryPolicy(200, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1));
    try (ObjectStore store = new RetryingStore(store(), patient, new Random(1), wait -> {})) {
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).containsExactly("1 of 7");
    assertThat(server.log().count("POST", "/upload/")).isEqualTo(1);
  }
}
