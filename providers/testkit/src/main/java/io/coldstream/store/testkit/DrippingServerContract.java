package io.coldstream.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StalledException;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.decorate.BandwidthLimitedStore;
import io.coldstream.store.decorate.Pause;
import io.coldstream.store.decorate.RateLimit;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server that moves less than the floor has stalled when the time-out is over, however steadily it
 * drips. Nothing else has: not a slow server, not a bandwidth limit, not a reader that pauses.
 */
@Timeout(120)
interface DrippingServerContract extends ScriptedServer {

  /** The time-out of tests in which it is due. */
  Duration SHORT = Duration.ofMillis(300);

  /** The time-out of tests in which it is not. */
  Duration LONGER = Duration.ofSeconds(2);

  /** Far less than a drip would take to its end, and more than a busy machine needs. */
  Duration BOUND = Duration.ofSeconds(20);

  /** Well below the ten seconds that a connection may take where the time-out is longer. */
  Duration MAX_CONNECT = Duration.ofSeconds(8);

  /** Between two bytes. */
  Duration DRIP = Duration.ofMillis(50);

  /** Takes minutes in drips. */
  String LONG = "x".repeat(4000);

  /** A call. */
  interface Call {
    /**
     * Makes it.
     *
     * @param store on what
     * @throws IOException when it fails
     */
    void on(ObjectStore store) throws IOException;
  }

  /** One of each kind. */
  List<Call> CALLS = List.of(
      DrippingServerContract::read, DrippingServerContract::list, DrippingServerContract::put);

  @Test
  default void aBodyThatDripsHasStalled() throws Exception {
    assertStalls(object(LONG).slowly(DRIP, LONG.length(), 1), DrippingServerContract::read);
  }

  @Test
  default void aListingThatDripsHasStalled() throws Exception {
    Answer page = page(Optional.empty(), LONG.substring(0, 200), LONG.substring(0, 199) + "y");
    assertStalls(page.slowly(DRIP, 250, 1), DrippingServerContract::list);
  }

  @Test
  default void aHeadThatDripsHasStalled() throws Exception {
    for (Call call : CALLS) {
      Answer answer = object(LONG);
      assertStalls(answer.slowly(DRIP, answer.bytes().length, 1), call);
    }
  }

  @Test
  default void endlessInterimAnswersHaveStalled() throws Exception {
    String interim = "HTTP/1.1 100 Continue\r\n\r\n";
    Answer answer = created(LONG).after(interim.repeat(1000));
    assertStalls(
        answer.slowly(DRIP, answer.bytes().length, interim.length()), DrippingServerContract::put);
  }

  @Test
  default void aServerAtTheMinimumRateIsWaitedFor() throws Exception {
    String body = "x".repeat(250_000);
    Answer slow = object(body).slowly(Duration.ofMillis(100), body.length(), 10_000);
    try (RawServer server = new RawServer(line -> slow);
        ObjectStore store = open(server.uri(), LONGER)) {
      long begun = System.nanoTime();
      read(store);
      assertThat(System.nanoTime() - begun).isGreaterThan(LONGER.toNanos());
    }
  }

  @Test
  default void fewBytesWithinTheTimeoutAreNoStall() throws Exception {
    Answer slow = object("ten bytes.").slowly(Duration.ofMillis(20), 10, 1);
    try (RawServer server = new RawServer(line -> slow);
        ObjectStore store = open(server.uri(), Duration.ofSeconds(10))) {
      read(store);
    }
  }

  @Test
  default void aBandwidthLimitBelowTheFloorIsNoStall() throws Exception {
    RateLimit slow = new RateLimit(() -> 200, System::nanoTime, Pause.SLEEP);
    String body = LONG.substring(0, 500);
    try (RawServer server =
            new RawServer(line -> line.startsWith("GET") ? object(body) : created(body));
        ObjectStore store = new BandwidthLimitedStore(open(server.uri(), LONGER), slow, slow)) {
      long begun = System.nanoTime();
      put(store, body);
      long put = System.nanoTime();
      read(store);
      assertThat(put - begun).isGreaterThan(LONGER.toNanos());
      assertThat(System.nanoTime() - put).isGreaterThan(LONGER.toNanos());
    }
  }

  /** A connection that no server takes: the queue of a listening socket is full. */
  @Test
  default void aConnectionThatIsNotAcceptedIsUnavailableAfterTheTimeout() throws Exception {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    try (ServerSocket full = new ServerSocket(0, 1, here);
        FullQueue queue = FullQueue.of(full.getLocalPort());
        ObjectStore store = open(URI.create("http://127.0.0.1:" + full.getLocalPort()), SHORT)) {
      assumeThat(queue.isFull()).as("this system lets a queue be full").isTrue();
      for (Call call : CALLS) {
        long begun = System.nanoTime();
        StoreException failure = catchThrowableOfType(StoreException.class, () -> call.on(store));
        assertThat(System.nanoTime() - begun).isBetween(SHORT.toNanos(), MAX_CONNECT.toNanos());
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      }
    }
  }

  private void assertStalls(Answer answer, Call call) throws Exception {
    try (RawServer server = new RawServer(line -> answer);
        ObjectStore store = open(server.uri(), SHORT)) {
      long begun = System.nanoTime();
      StoreException failure = catchThrowableOfType(StoreException.class, () -> call.on(store));
      assertThat(System.nanoTime() - begun).isBetween(SHORT.toNanos(), BOUND.toNanos());
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure)
          .hasCauseInstanceOf(StalledException.class)
          .hasMessageContaining(SHORT.toMillis() + " ms");
      assertThat(server.requests()).as("one attempt").doesNotHaveDuplicates();
    }
  }

  private static void read(ObjectStore store) throws IOException {
    try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      content.stream().readAllBytes();
    }
  }

  private static void list(ObjectStore store) throws IOException {
    store.list(ObjectPrefix.ALL, ListCursor.START);
  }

  private static void put(ObjectStore store) throws IOException {
    put(store, LONG);
  }

  private static void put(ObjectStore store, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    store.put(new PutRequest(NAME, Content.of(bytes), Placement.BULK));
  }
}
