package io.coldstream.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.decorate.MeteredStore;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.MemoryStore;
import io.coldstream.store.testkit.PartedStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy that breaks off in a large object, and the next one. */
class ResumedCopyTest {

  private static final int PART_BYTES = 8 << 10;
  private static final int CHUNK_BYTES = 256 << 10;

  @TempDir
  Path temp;

  private final MemoryStore memory = new MemoryStore();
  private final PartedStore parted = new PartedStore(memory, PART_BYTES, StoreTools.NONE);
  private final List<RunEvent> events = new ArrayList<>();
  private TestRepository source;

  @BeforeEach
  void backUp() throws Exception {
    SyntheticDatabase.write(temp.resolve("db"), Shape.large(2, CHUNK_BYTES).withoutIndex());
    source = TestRepository.of(temp.resolve("db"));
  }

  private CopyReport copy(ObjectStore from, ObjectStore to) throws RunException {
    return CopyRun.run(
        CopyRequest.of(Selection.NEWEST),
        new CopyParts(
            TestRepository.open(from),
            new RepositoryLocation(to, "memory:copy"),
            new Workers(Runnable::run, 1),
            events::add,
            Clock.systemUTC()));
  }

  /** The first read of a chunk, among all reads of the source. */
  private static int firstChunk(List<String> reads) {
    for (int i = 0; i < reads.size(); i++) {
      if (reads.get(i).startsWith("chunks/")) {
        return i + 1;
      }
    }
    throw new AssertionError("no chunk in " + reads);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNextRunSendsOnlyTheMissingPartsWhicheverSideBrokeOff(boolean atTarget) throws Exception {
    CountingStore from = new CountingStore(source.store());
    CountingStore to = new CountingStore(new MemoryStore());
    copy(from, to);
    Verb verb = atTarget ? Verb.PUT : Verb.READ;
    int call = firstChunk((atTarget ? to : from).log().targets(verb));
    FaultyStore faulty = atTarget
        ? new FaultyStore(parted, Fault.atCall(verb, call).halfway())
        // Each part is a read of its own.
        : new FaultyStore(source.store(), Fault.atCall(verb, call + 15));
    Throwable end =
        catchThrowable(() -> copy(atTarget ? source.store() : faulty, atTarget ? faulty : parted));
    assertThat(end)
        .isInstanceOfSatisfying(
            RunException.class,
            e -> assertThat(e.kind()).isEqualTo(RunException.Kind.STORE_UNAVAILABLE));
    events.clear();

    MeteredStore metered = new MeteredStore(parted, System::nanoTime);
    CopyReport report = copy(source.store(), metered);

    report.requireGood();
    assertThat(report.sent().resumedObjects()).isEqualTo(1);
    assertThat(report.sent().resumedParts()).isBetween(10L, 20L);
    long transferred = events.stream()
        .filter(RunEvent.Transferred.class::isInstance)
        .mapToLong(event -> ((RunEvent.Transferred) event).bytes())
        .sum();
    assertThat(transferred)
        .isEqualTo(report.plan().bytesToSend() - report.sent().resumedParts() * PART_BYTES);
    assertThat(metered.metrics().sentBytes()).isBetween(transferred, transferred + 10_000);
    assertThat(memory.contents().keySet())
        .containsExactlyElementsOf(source.store().contents().keySet());
  }

  @Test
  void aCopyFromScratchResumesNothing() throws Exception {
    CopyReport report = copy(source.store(), parted);
    assertThat(report.sent().resumedObjects()).isZero();
    assertThat(events).noneMatch(RunEvent.Resumed.class::isInstance);
  }
}
