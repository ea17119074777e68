package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.specialized.BlockBlobClient;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.azure.emulator.AzureEmulator;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.testkit.LyingSources;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import io.coldstream.store.testkit.http.Break;
import io.coldstream.store.testkit.http.BreakingProxy;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose effect has happened and whose answer is lost, and what others do while one puts. */
@Timeout(120)
@NeedsEmulator("azurite")
class MeanwhileTest {

  private static final int PART = Opened.PART_BYTES;
  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final RandomSource SOURCE = new RandomSource(1, 2 * PART + 1);
  private static final String BLOCK = "PUT .*comp=block&";

  private final AzureEmulator server = new AzureEmulator();
  private final String container = server.newContainer();
  private final List<String> resumed = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void aBlockWithALostAnswerIsNotSentAgain() throws Exception {
    try (BreakingProxy proxy = new BreakingProxy(azurite(), Break.at(BLOCK).losingTheResponse());
        ObjectStore store = retrying(open(proxy.uri()))) {
      assertHolds(store, put(store, NAME, SOURCE), SOURCE);
      assertThat(sent(proxy, BLOCK)).isEqualTo(3);
    }
    assertThat(resumed).containsExactly("1 of 3");
    assertThat(pauses).hasSize(1);
  }

  @Test
  void aDeleteWithALostAnswerIsRepeated() throws Exception {
    try (BreakingProxy proxy =
            new BreakingProxy(azurite(), Break.at("DELETE ").losingTheResponse());
        ObjectStore store = retrying(open(proxy.uri()))) {
      put(store, NAME, new RandomSource(1, 10));
      store.delete(List.of(NAME));
      assertThat(store.stat(NAME)).isEmpty();
      assertThat(sent(proxy, "DELETE ")).isEqualTo(2);
    }
    assertThat(pauses).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 2 * PART + 1, 3 * PART})
  void aNameThatIsCreatedWhileBlocksAreSentStays(long otherBytes) throws Exception {
    RandomSource other = new RandomSource(2, otherBytes);
    AtomicBoolean once = new AtomicBoolean();
    try (ObjectStore first = open(azurite());
        ObjectStore second = open(azurite())) {
      ObjectSource meeting = LyingSources.meeting(SOURCE, PART + 1, () -> {
        if (once.compareAndSet(false, true)) {
          create(second, other);
        }
      });
      assertThat(Failures.of(() -> put(first, NAME, meeting)).kind())
          .isEqualTo(Kind.ALREADY_EXISTS);
      assertHolds(first, first.stat(NAME).orElseThrow(), other);
      assertThat(Failures.of(() -> put(first, NAME, SOURCE)).kind()).isEqualTo(Kind.ALREADY_EXISTS);
    }
  }

  @Test
  void anUnfinishedUploadOfAnOddNameIsResumed() throws Exception {
    ObjectName odd = new ObjectName("chunks/a b+c%2Fd&é");
    try (BreakingProxy proxy =
            new BreakingProxy(azurite(), Break.at("PUT .*comp=blocklist").resetting());
        ObjectStore store = open(proxy.uri())) {
      assertThat(Failures.of(() -> put(store, odd, SOURCE)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
    try (BreakingProxy proxy = new BreakingProxy(azurite());
        ObjectStore store = open(proxy.uri())) {
      StoredObject stored = put(store, odd, SOURCE);
      assertThat(sent(proxy, BLOCK)).isZero();
      assertHolds(store, stored, SOURCE);
    }
    assertThat(resumed).containsExactly("3 of 3");
  }

  /** A list of blocks has names and lengths only. */
  @Test
  void aBlockWithTheRightNameAndAnotherLengthIsSentAgain() throws Exception {
    byte[] first = Arrays.copyOf(SOURCE.bytes(), PART);
    String id = BlockId.read(0, new ByteArrayInputStream(first)).id().text();
    for (int lengthBytes : new int[] {PART - 1, PART + 1}) {
      blob().stageBlock(id, new ByteArrayInputStream(new byte[lengthBytes]), lengthBytes);
      try (ObjectStore store = open(azurite())) {
        assertHolds(store, put(store, NAME, SOURCE), SOURCE);
        store.delete(List.of(NAME));
      }
    }
    assertThat(resumed).isEmpty();
  }

  /** A small one by another client: the emulator refuses it where blocks are staged and no blob is. */
  private void create(ObjectStore store, RandomSource source) throws StoreException {
    if (source.lengthBytes() > PART) {
      store.put(new PutRequest(NAME, source, Placement.STANDARD));
    } else {
      blob().upload(new ByteArrayInputStream(source.bytes()), source.lengthBytes(), true);
    }
  }

  private static long sent(BreakingProxy proxy, String request) {
    return proxy.requests().stream()
        .filter(line -> line.matches(request + ".*"))
        .count();
  }

  private URI azurite() {
    return URI.create(server.settings().get("endpoint")).resolve("/");
  }

  private ObjectStore open(URI through) throws StoreException {
    String path = URI.create(server.settings().get("endpoint")).getPath();
    Map<String, String> settings = Map.of("endpoint", through.resolve(path).toString());
    return Opened.store(server.environment(), server.url(container, "p"), settings);
  }

  private ObjectStore retrying(ObjectStore store) {
    RetryPolicy policy =
        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofHours(1));
    return new RetryingStore(store, policy, new Random(1), pauses::add);
  }

  private BlockBlobClient blob() {
    return server.container(container).getBlobClient("p/" + NAME).getBlockBlobClient();
  }

  private StoredObject put(ObjectStore store, ObjectName name, ObjectSource source)
      throws StoreException {
    return store.put(new PutRequest(
        name, source, Placement.BULK, (there, of) -> resumed.add(there + " of " + of)));
  }

  private static void assertHolds(ObjectStore store, StoredObject stored, RandomSource source)
      throws Exception {
    assertThat(store.stat(stored.name())).contains(stored);
    try (ObjectContent content =
        store.read(stored.name(), ByteRange.WHOLE, Optional.of(stored.version()))) {
      assertThat(content.stream().readAllBytes()).isEqualTo(source.bytes());
    }
  }
}
