package io.coldstream.core.backup.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.MemoryStore;
import io.coldstream.store.testkit.Verb;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PresenceCachingStoreTest {

  private static final ObjectName A = new ObjectName("a");
  private static final ObjectName B = new ObjectName("b");

  private final MemoryStore memory = new MemoryStore();
  private final CountingStore counting = new CountingStore(memory);
  private final AtomicLong nanos = new AtomicLong();
  private final PresenceCachingStore store = new PresenceCachingStore(counting, 1000, nanos::get);

  private static PutRequest put(ObjectName name) {
    return new PutRequest(name, Content.of(new byte[] {1}), Placement.STANDARD);
  }

  private static void assertFails(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void whatWasListedOrPutNeedsNoRequest() throws Exception {
    memory.put(put(A));
    store.list(ObjectPrefix.ALL, ListCursor.START);
    store.put(put(B));
    counting.log().clear();

    assertThat(store.stat(A)).isEqualTo(memory.stat(A));
    assertThat(store.stat(B)).isEqualTo(memory.stat(B));
    assertFails(Kind.ALREADY_EXISTS, () -> store.put(put(A)));
    assertFails(Kind.ALREADY_EXISTS, () -> store.put(put(B)));
    assertThat(counting.log().count()).isZero();
  }

  @Test
  void whatIsNotThereIsAskedForAgain() throws Exception {
    assertThat(store.stat(A)).isEmpty();
    memory.put(put(A));
    assertThat(store.stat(A)).isPresent();
    assertThat(counting.count(Verb.STAT)).isEqualTo(2);
  }

  @Test
  void aRefusedPutIsNotRemembered() throws Exception {
    memory.put(put(A));
    assertFails(Kind.ALREADY_EXISTS, () -> store.put(put(A)));
    memory.delete(List.of(A));
    store.put(put(A));
  }

  @Test
  void whatIsDeletedIsForgotten() throws Exception {
    store.put(put(A));
    store.delete(List.of(A, B));
    assertThat(store.stat(A)).isEmpty();
    store.put(put(A));
  }

  @Test
  void whatMayHaveBeenDeletedIsForgotten() throws Exception {
    FaultyStore faulty = new FaultyStore(memory, Fault.atCall(Verb.DELETE, 1).after());
    PresenceCachingStore over = new PresenceCachingStore(faulty, 1000);
    over.put(put(A));
    assertFails(Kind.UNAVAILABLE, () -> over.delete(List.of(A)));
    assertThat(over.stat(A)).isEmpty();
  }

  @Test
  void whatAReadDoesNotFindIsForgotten() throws Exception {
    store.put(put(A));
    memory.delete(List.of(A));
    assertThat(store.stat(A)).isPresent();
    assertFails(Kind.NOT_FOUND, () -> store.read(A, ByteRange.WHOLE, Optional.empty()));
    assertThat(store.stat(A)).isEmpty();
  }

  @Test
  void whatGoesWhileItIsReadIsForgotten() throws Exception {
    FaultyStore faulty =
        new FaultyStore(memory, Fault.atCall(Verb.READ, 1).halfway().as(Kind.NOT_FOUND));
    PresenceCachingStore over = new PresenceCachingStore(faulty, 1000);
    over.put(new PutRequest(A, Content.of(new byte[10]), Placement.STANDARD));
    memory.delete(List.of(A));
    memory.replace(A, new byte[10]);
    assertFails(
        Kind.NOT_FOUND,
        () -> over.read(A, ByteRange.WHOLE, Optional.empty()).stream().readAllBytes());
    memory.delete(List.of(A));
    assertThat(over.stat(A)).isEmpty();
  }

  @Test
  void aListingThatARemovalOvertookIsNotRemembered() throws Exception {
    memory.put(put(A));
    PresenceCachingStore[] over = new PresenceCachingStore[1];
    AfterListing overtaken = new AfterListing(memory, () -> over[0].delete(List.of(A)));
    over[0] = new PresenceCachingStore(overtaken.store(), 1000);
    assertThat(over[0].list(ObjectPrefix.ALL, ListCursor.START).objects()).hasSize(1);
    assertThat(over[0].stat(A)).isEmpty();
  }

  @Test
  void otherProcessesRemovalsAreSeenInTheEnd() throws Exception {
    store.put(put(A));
    memory.delete(List.of(A));
    nanos.addAndGet(PresenceCachingStore.BELIEVED.toNanos() + 1);
    assertThat(store.stat(A)).isEmpty();
  }

  @Test
  void itIsBounded() throws Exception {
    PresenceCachingStore small = new PresenceCachingStore(counting, 10);
    for (int i = 0; i < 100; i++) {
      small.put(put(new ObjectName("n" + i)));
    }
    for (int i = 0; i < 100; i++) {
      small.stat(new ObjectName("n" + i));
    }
    assertThat(counting.count(Verb.STAT)).isGreaterThanOrEqualTo(80);
  }
}
