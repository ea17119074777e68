package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.http.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Successes that carry an error, one block that is refused, and a server that takes its time. */
@Timeout(60)
class OddAnswersTest {

  private static final int PART = Opened.PART_BYTES;
  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final String BLOCK = "PUT.*comp=block&";
  private static final String ERROR = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error>"
      + "<Code>InternalError</Code><Message>m</Message></Error>";
  private static final Answer SUCCESS_WITH_ERROR =
      Answer.of(200, "x-ms-error-code: InternalError\r\nContent-Type: application/xml\r\n", ERROR);

  private final List<Duration> pauses = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"'PUT ', 100", "'PUT .*comp=block&', 200000", "'PUT .*comp=blocklist', 200000"})
  void aSuccessStatusWithAnErrorIsNoPut(String request, long lengthBytes) throws Exception {
    try (RawAzure server = new RawAzure(answers(request, SUCCESS_WITH_ERROR));
        ObjectStore store = server.open()) {
      StoreException failure = Failures.of(() -> put(store, lengthBytes));
      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(server.requests().stream().filter(line -> line.matches(request + ".*")))
          .as("one attempt")
          .hasSize(1);
    }
  }

  @Test
  void aSuccessStatusWithAnErrorIsNoReadAndNoDelete() throws Exception {
    try (RawAzure server = new RawAzure(line -> SUCCESS_WITH_ERROR);
        ObjectStore store = server.open()) {
      for (StoreException failure : List.of(
          Failures.of(() -> store.read(NAME, ByteRange.WHOLE, Optional.empty())),
          Failures.of(() -> store.delete(List.of(NAME))),
          Failures.of(() -> store.stat(NAME)))) {
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.UNAVAILABLE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 408, 429, 500, 503})
  void aBusyServiceIsUnavailable(int status) throws Exception {
    Answer busy = status == 0 ? Answer.drop() : RawAzure.error(status, "ServerBusy");
    try (RawAzure server = new RawAzure(line -> busy);
        ObjectStore store = server.open()) {
      for (StoreException failure : List.of(
          Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START)),
          Failures.of(() -> store.stat(NAME)),
          Failures.of(() -> store.delete(List.of(NAME))),
          Failures.of(() -> store.sweep(ObjectPrefix.ALL, Duration.ofDays(1))))) {
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.UNAVAILABLE);
      }
      assertThat(server.requests()).as("one attempt each").hasSize(4);
    }
  }

  @Test
  void foldersOfAHierarchicalNamespaceAreNeitherObjectsNorUnfinishedUploads() throws Exception {
    String folder = "<Blob><Name>p/doctor</Name><Properties><Etag>0x8DB</Etag>"
        + "<ResourceType>directory</ResourceType><Content-Length>0</Content-Length></Properties>"
        + "<Metadata><hdi_isfolder>true</hdi_isfolder></Metadata></Blob>";
    try (RawAzure server =
            new RawAzure(line -> RawAzure.listing(folder + RawAzure.blob("p/doctor/a", 1, "0x1")));
        ObjectStore store = server.open()) {
      ListPage page = store.list(ObjectPrefix.ALL, ListCursor.START);
      assertThat(page.objects())
          .extracting(object -> object.name().value())
          .containsExactly("doctor/a");
      assertThat(page.foreign()).isZero();
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ZERO).found()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aListingThatEndsEarlyIsUnavailable(boolean reset) throws Exception {
    String half = "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>"
        + RawAzure.blob("p/chunks/a", 1, "0x1");
    Answer cut = Answer.cut(200, "Content-Type: application/xml\r\n", half, 10_000);
    try (RawAzure server = new RawAzure(line -> reset ? cut.thenReset() : cut);
        ObjectStore store = server.open()) {
      assertThat(
              Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START)).kind())
          .isEqualTo(Kind.UNAVAILABLE);
      assertThat(Failures.of(() -> store.stat(NAME)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void aBlockThatIsRefusedOnceIsSentByTheNextAttempt(int status) throws Exception {
    AtomicInteger blocks = new AtomicInteger();
    Function<String, Answer> healthy = answers("never", SUCCESS_WITH_ERROR);
    try (RawAzure server = new RawAzure(line -> {
          boolean refused = line.matches(BLOCK + ".*") && blocks.incrementAndGet() == 2;
          return refused ? Answer.of(status, "Retry-After: 3\r\n", "") : healthy.apply(line);
        });
        ObjectStore store = retrying(server.open())) {
      assertThat(put(store, 2 * PART + 1)).isEqualTo(new StoredObject(NAME, 2 * PART + 1, "0x1"));
      assertThat(server.count(BLOCK)).as("this server lists no blocks").isEqualTo(2 + 3);
      assertThat(server.count("PUT.*comp=blocklist")).isEqualTo(1);
    }
    assertThat(pauses).hasSize(1).allMatch(wait -> wait.toSeconds() >= 3);
  }

  @Test
  void aBlockThatIsDeniedIsSentOnce() throws Exception {
    Answer denied = RawAzure.error(403, "AuthorizationPermissionMismatch");
    try (RawAzure server = new RawAzure(answers("PUT .*comp=block&", denied));
        ObjectStore store = retrying(server.open())) {
      assertThat(Failures.of(() -> put(store, 2 * PART + 1)).kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(server.count(BLOCK)).isEqualTo(1);
      assertThat(server.count("PUT.*comp=blocklist")).isZero();
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void aServiceThatReadsSlowlyIsWaitedFor() throws Exception {
    try (RawAzure server = new RawAzure(line -> RawAzure.created("ETag: \"0x1\"\r\n"));
        ObjectStore store = server.open("timeout", "2s", "part-size", "40MiB")) {
      server.takeSlowly(Duration.ofMillis(250));
      long begun = System.nanoTime();
      store.put(new PutRequest(NAME, new RandomSource(1, 40L << 20), Placement.BULK));
      assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofSeconds(2).toNanos());
    }
  }

  /** A service that takes everything, but for some requests. */
  private static Function<String, Answer> answers(String request, Answer instead) {
    return line -> {
      if (line.matches(request + ".*")) {
        return instead;
      }
      if (line.startsWith("PUT")) {
        return RawAzure.created("ETag: \"0x1\"\r\n");
      }
      return line.contains("restype=container")
          ? RawAzure.listing("")
          : RawAzure.error(404, "BlobNotFound");
    };
  }

  private ObjectStore retrying(ObjectStore store) {
    RetryPolicy policy =
        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofHours(1));
    return new RetryingStore(store, policy, new Random(1), pauses::add);
  }

  private static StoredObject put(ObjectStore store, long lengthBytes) throws IOException {
    return store.put(new PutRequest(NAME, new RandomSource(1, lengthBytes), Placement.BULK));
  }
}
