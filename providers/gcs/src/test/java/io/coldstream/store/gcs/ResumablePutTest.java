package io.coldstream.store.gcs;

import static io.coldstream.store.gcs.OnServer.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.RetryPolicy;
import io.coldstream.store.RetryingStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.gcs.standin.Answer;
import io.coldstream.store.gcs.standin.Fault;
import io.coldstream.store.gcs.standin.FaultPlan.When;
import io.coldstream.store.gcs.standin.Faults;
import io.coldstream.store.gcs.standin.GcsServer;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.LyingSources;
import io.coldstream.store.testkit.RandomSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads that break off, and what becomes of them, in this process and in another one. */
class ResumablePutTest {

  private static final ObjectName NAME = new ObjectName("chunks/a");

  /** Six parts and five bytes: seven requests. */
  private static final RandomSource GOOD = new RandomSource(1, 6L * PART_BYTES + 5);

  private final GcsServer server = OnServer.server();
  private final List<String> resumed = new ArrayList<>();

  @TempDir
  private Path scratch;

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void goesOnWhereTheStoreStands() throws Exception {
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
  void anotherProcessGoesOnAfterThisOneHasDied() throws Exception {
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
  void anotherPartSizeGoesOnAsWell() throws Exception {
    breakOff(GOOD);
    try (ObjectStore store = store("part-size", "512KiB")) {
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).containsExactly("1 of 4");
  }

  @Test
  void anotherContentBeginsAnew() throws Exception {
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
  void anotherContentBehindWhatTheStoreHasIsGoneOnWith() throws Exception {
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
  void aSourceThatChangesTwiceIsNotTakenForTheFirst() throws Exception {
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
  void aSessionThatIsGoneIsBegunAnew() throws Exception {
    breakOff(GOOD);
    server.expireSessions();
    try (ObjectStore store = store()) {
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).isEmpty();
  }

  @Test
  void aSessionThatSomebodyCancelsMeanwhileIsBegunAnew() throws Exception {
    server.faults().add(nthPut(3), Faults.before(server::expireSessions));
    try (ObjectStore store = store()) {
      StoreException failure = failure(store, GOOD);
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("begins anew");
      assertHolds(store, put(store, GOOD), GOOD);
    }
  }

  @Test
  void aLostLastAnswerIsAskedFor() throws Exception {
    server.faults().add(nthPut(7), Faults.loseAnswer());
    try (ObjectStore store = store()) {
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void aLostLastAnswerIsSettledByAListing() throws Exception {
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
  void whatWasDoneUnnoticedIsFoundByTheNextPut() throws Exception {
    server.faults().add(nthPut(7), Faults.loseAnswer());
    server.faults().add(nthPut(8), Faults.refuse(503, "backendError"));
    try (ObjectStore store = store()) {
      assertThat(failure(store, GOOD).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void whatWasDoneUnnoticedDoesNotStandForAnotherContent() throws Exception {
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
  void whatWasDoneUnnoticedAndRemovedSinceIsCreatedAnew() throws Exception {
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
  void anUploadOfAnotherKindIsNotGoneOnWith(String setting, String value) throws Exception {
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
  void aRefusedCancelIsInNobodysWay() throws Exception {
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
  void aStoreThatKeepsLessIsAskedAgain() throws Exception {
    server.faults().add(nthPut(2), Faults.keepOnly(300 << 10));
    try (ObjectStore store = store("part-size", "512KiB")) {
      assertThat(failure(store, GOOD)).hasMessageContaining("kept 786432 bytes only");
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).containsExactly("1 of 4");
  }

  @Test
  void bytesThatAreAlteredOnTheirWayBecomeNoObject() throws Exception {
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
  void ofTwoThatGoOnAtOnceOneWins() throws Exception {
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
  void aHundredRefusalsAreOutlasted() throws Exception {
    server.faults().add(nthPut(2).times(100), Faults.refuse(503, "backendError"));
    RetryPolicy patient =
        new RetryPolicy(200, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1));
    try (ObjectStore store = new RetryingStore(store(), patient, new Random(1), wait -> {})) {
      assertHolds(store, put(store, GOOD), GOOD);
    }
    assertThat(resumed).containsExactly("1 of 7");
    assertThat(server.log().count("POST", "/upload/")).isEqualTo(1);
  }

  @Test
  void aDamagedNoteOrFileBeginsAnew() throws Exception {
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
  void aFolderThatCannotBeUsedIsDoneWithout() throws Exception {
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
  void sweepCancelsWhatIsOldAndUnderThePrefix() throws Exception {
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
  void sweepCancelsWhatThisProcessRemembers() throws Exception {
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
  private void breakOff(ObjectSource source) throws StoreException {
    server.faults().clear();
    server.faults().add(nthPut(3), Faults.refuse(503, "backendError"));
    try (ObjectStore store = store()) {
      assertThat(failure(store, source).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  private static When nthPut(int number) {
    return When.request("PUT", "/upload/").from(number);
  }

  private ObjectStore store(String... more) throws StoreException {
    return OnServer.store(server, Optional.of(folder()), Clock.systemUTC(), more);
  }

  private Path folder() {
    return scratch.resolve("sessions");
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.toList();
    }
  }

  private StoredObject put(ObjectStore store, ObjectSource source) throws StoreException {
    return store.put(new PutRequest(
        NAME, source, Placement.BULK, (there, parts) -> resumed.add(there + " of " + parts)));
  }

  private StoreException failure(ObjectStore store, ObjectSource source) {
    StoreException failure = Failures.of(() -> put(store, source));
    for (Throwable t = failure; t != null; t = t.getCause()) {
      assertThat(t.toString()).doesNotContain("upload_id");
      Stream.of(t.getSuppressed())
          .forEach(s -> assertThat(s.toString()).doesNotContain("upload_id"));
    }
    return failure;
  }

  private static void assertHolds(ObjectStore store, StoredObject stored, RandomSource source)
      throws IOException {
    assertThat(store.stat(NAME)).contains(stored);
    assertThat(Arrays.mismatch(read(store), source.bytes())).isEqualTo(-1);
  }

  private static byte[] read(ObjectStore store) throws IOException {
    try (InputStream in = store.read(NAME, ByteRange.WHOLE, Optional.empty()).stream()) {
      return in.readAllBytes();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("nobody let this go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
