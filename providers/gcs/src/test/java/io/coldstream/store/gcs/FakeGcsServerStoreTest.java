package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.gcs.emulator.GcsBuckets;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.LyingSources;
import io.coldstream.store.testkit.ObjectStoreContract;
import io.coldstream.store.testkit.Opened;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.TestTools;
import io.coldstream.store.testkit.emulator.Deviation;
import io.coldstream.store.testkit.emulator.FakeGcsServer;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract, on a server that others have written. */
@NeedsEmulator("fake-gcs-server")
class FakeGcsServerStoreTest implements ObjectStoreContract {

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private static final RandomSource SOURCE = new RandomSource(1, 100);

  /** Go's servers drop what stands beside a semicolon in a query. */
  private static final List<String> NAMES =
      ODD.stream().filter(name -> !name.contains(";")).toList();

  private final String bucket = "contract-" + BUCKETS.incrementAndGet();

  @BeforeEach
  void createBucket() throws Exception {
    GcsBuckets.create(FakeGcsServer.running().endpoint(), bucket);
  }

  @Override
  public ObjectStore open(String prefix) throws Exception {
    return openWithPartSize(prefix, partSizeBytes());
  }

  @Override
  public ObjectStore openWithPartSize(String prefix, long partSizeBytes) throws Exception {
    return Opened.store(
        TestTools.parallel(),
        "gs://" + bucket + "/" + prefix,
        Map.of(
            "endpoint",
            FakeGcsServer.running().endpoint().toString(),
            "anonymous",
            "true",
            "part-size",
            (partSizeBytes >> 10) + "KiB"));
  }

  @Override
  public long partSizeBytes() {
    return OnServer.PART_BYTES;
  }

  @Override
  public boolean resumes() {
    return false;
  }

  @Test
  @Override
  @Deviation("whoever asks about an upload finishes it: what was interrupted is not gone on with")
  public void anInterruptedPutEndsSoonAndLeavesNoPartialObject() throws Exception {
    RandomSource source = new RandomSource(1, 4 * partSizeBytes() + 1);
    try (ObjectStore store = open()) {
      ObjectSource interrupting = LyingSources.meeting(
          source, 2 * partSizeBytes(), () -> Thread.currentThread().interrupt());
      StoreException failure = Failures.of(() -> Puts.put(store, "a", interrupting));
      assertThat(Thread.interrupted()).as("the flag").isTrue();
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(Puts.names(store)).isEmpty();
    }
    try (ObjectStore another = open()) {
      Puts.put(another, "a", source);
      Puts.assertHoldsOnly(another, "a", source);
    }
  }

  @Test
  @Override
  @Deviation("whoever asks about an upload finishes it: what broke off is not gone on with")
  public void aSourceThatIsAStoreWhichIsNotAvailableIsUnavailableToo() throws Exception {
    RandomSource source = new RandomSource(1, 2 * partSizeBytes() + 1);
    ObjectSource away = LyingSources.meeting(source, partSizeBytes(), () -> {
      throw new StoreException(Kind.UNAVAILABLE, "planned: the source's store is away", null);
    });
    try (ObjectStore store = open()) {
      assertThat(Failures.of(() -> Puts.put(store, "a", away)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(Puts.names(store)).isEmpty();
    }
  }

  @Test
  @Override
  @Deviation("whoever asks about an upload finishes it: no process leaves one to another here")
  public void aSweepRemovesUnfinishedUploads() throws Exception {
    RandomSource source = new RandomSource(1, 3 * partSizeBytes() + 7);
    ObjectSource crashing = LyingSources.meeting(source, 2 * partSizeBytes(), () -> {
      throw new Crash("reading the source");
    });
    try (ObjectStore dying = open()) {
      assertThatThrownBy(() -> Puts.put(dying, "a", crashing)).isInstanceOf(Crash.class);
    }
    try (ObjectStore store = open()) {
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofMinutes(-1)).found()).isZero();
      Puts.put(store, "a", source);
      Puts.assertHoldsOnly(store, "a", source);
    }
  }

  @Test
  @Override
  @Deviation("answers 404 to a listing whose prefix is as long as the longest name")
  public void theLongestNameIsStored() throws Exception {
    String longest = "\u00E9".repeat(100) + ("/" + "x".repeat(199)).repeat(4);
    try (ObjectStore store = open()) {
      Puts.put(store, longest, SOURCE);
      assertThat(Puts.names(store)).containsExactly(longest);
      assertThat(Puts.read(store, longest)).isEqualTo(SOURCE.bytes());
      assertThat(Failures.of(() -> Puts.put(store, longest, SOURCE)).kind())
          .isEqualTo(Kind.ALREADY_EXISTS);
      store.delete(List.of(new ObjectName(longest)));
      assertThat(Puts.names(store)).isEmpty();
    }
  }

  @Test
  @Override
  @Deviation("refuses to understand a query with a semicolon")
  public void oddNamesAreStoredAsTheyAre() throws Exception {
    try (ObjectStore store = open()) {
      for (String name : NAMES) {
        Puts.put(store, name, SOURCE);
      }
      assertThat(Puts.names(store)).containsExactlyInAnyOrderElementsOf(NAMES);
      for (String name : NAMES) {
        assertThat(store.stat(new ObjectName(name))).as(name).isPresent();
        assertThat(Puts.read(store, name)).as(name).isEqualTo(SOURCE.bytes());
      }
    }
  }

  @Test
  @Override
  @Deviation("refuses to understand a query with a semicolon")
  public void aListingStartsAfterEachOddNameAndEachIsDeleted() throws Exception {
    try (ObjectStore store = open()) {
      for (String name : NAMES) {
        Puts.put(store, name, SOURCE);
      }
      List<String> left = new ArrayList<>(Puts.names(store));
      for (String name : NAMES) {
        ListCursor behind = ListCursor.after(new ObjectName(name));
        assertThat(store.list(ObjectPrefix.ALL, behind).objects())
            .extracting(object -> object.name().value())
            .isEqualTo(left.subList(left.indexOf(name) + 1, left.size()));
        store.delete(List.of(new ObjectName(name)));
        left.remove(name);
        assertThat(Puts.names(store)).isEqualTo(left);
      }
    }
  }
}
