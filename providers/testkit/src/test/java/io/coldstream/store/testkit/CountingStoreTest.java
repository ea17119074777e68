package io.coldstream.store.testkit;

import static io.coldstream.store.testkit.Checked.bytes;
import static io.coldstream.store.testkit.Checked.name;
import static io.coldstream.store.testkit.Checked.names;
import static io.coldstream.store.testkit.Checked.put;
import static io.coldstream.store.testkit.Checked.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.CallLog.Edge;
import io.coldstream.store.testkit.CallLog.Event;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CountingStoreTest {

  private final CountingStore store = new CountingStore(new MemoryStore(2, Clock.systemUTC()));

  @Test
  void eachPageOfAListingIsOneCall() throws IOException {
    for (int i = 0; i < 5; i++) {
      put(store, "a" + i, "x");
    }
    names(store);
    assertThat(store.count(Verb.PUT)).isEqualTo(5);
    assertThat(store.count(Verb.LIST)).isEqualTo(3);
    assertThat(store.count(Verb.STAT)).isZero();
    assertThat(store.log().count()).isEqualTo(8);
  }

  @Test
  void startsAndEndsOfCallsAreRecordedInOrder() throws IOException {
    put(store, "a", "x");
    refused(Kind.ALREADY_EXISTS, () -> put(store, "a", "x"));
    store.delete(List.of(name("a"), name("b")));
    assertThat(store.log().events())
        .containsExactly(
            new Event(1, Verb.PUT, List.of("a"), Edge.START, Optional.empty()),
            new Event(1, Verb.PUT, List.of("a"), Edge.END, Optional.empty()),
            new Event(2, Verb.PUT, List.of("a"), Edge.START, Optional.empty()),
            new Event(2, Verb.PUT, List.of("a"), Edge.END, Optional.of(Kind.ALREADY_EXISTS)),
            new Event(3, Verb.DELETE, List.of("a", "b"), Edge.START, Optional.empty()),
            new Event(3, Verb.DELETE, List.of("a", "b"), Edge.END, Optional.empty()));
    assertThat(store.log().targets(Verb.DELETE)).containsExactly("a", "b");
    assertThat(store.log().position(Verb.DELETE, "b", Edge.START)).isEqualTo(4);
    assertThatThrownBy(() -> store.log().position(Verb.READ, "a", Edge.START))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aReadLastsUntilItIsClosed() throws IOException {
    put(store, "a", "0123456789");
    put(store, "b", "0123456789");
    ObjectContent a = store.read(name("a"), ByteRange.of(0, 4), Optional.empty());
    ObjectContent b = store.read(name("b"), ByteRange.WHOLE, Optional.empty());
    assertThat(store.log().mostCallsAtOnce()).isEqualTo(2);
    assertThat(store.log().mostBytesAtOnce()).isEqualTo(14);
    a.close();
    a.close();
    b.stream().close();
    b.close();
    assertThat(store.log().events()).hasSize(8);
    bytes(store, "a", ByteRange.WHOLE, Optional.empty());
    assertThat(store.log().mostCallsAtOnce()).isEqualTo(2);
    assertThat(store.log().mostBytesAtOnce()).isEqualTo(14);
  }

  @Test
  void bytesAreCountedBothWays() throws IOException {
    put(store, "a", new RandomSource(1, 20_000));
    bytes(store, "a", ByteRange.from(15_000), Optional.empty());
    assertThat(store.log().writtenBytes()).isEqualTo(20_000);
    assertThat(store.log().readBytes()).isEqualTo(5_000);
    store.log().clear();
    assertThat(store.log().count()).isZero();
    assertThat(store.log().readBytes()).isZero();
  }

  @Test
  void aReadThatFailsToOpenIsRecordedAsEnded() {
    refused(Kind.NOT_FOUND, () -> bytes(store, "a", ByteRange.WHOLE, Optional.empty()));
    assertThat(store.log().events())
        .last()
        .isEqualTo(new Event(1, Verb.READ, List.of("a"), Edge.END, Optional.of(Kind.NOT_FOUND)));
  }
}
