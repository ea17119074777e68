package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import io.coldstream.store.azure.emulator.AzureEmulator;
import io.coldstream.store.spi.PartMemory;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import io.coldstream.store.testkit.http.Break;
import io.coldstream.store.testkit.http.BreakingProxy;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that break off and are resumed by another connection, as by another process. */
@Timeout(240)
@NeedsEmulator("azurite")
class ResumeTest {

  private static final int PART = Opened.PART_BYTES;
  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final RandomSource SOURCE = new RandomSource(1, 4 * PART + 5);
  private static final String BLOCK = "PUT .*comp=block&";

  private final AzureEmulator server = new AzureEmulator();
  private final String container = server.newContainer();
  private final List<String> resumed = new ArrayList<>();

  @Test
  void anotherConnectionResumesABrokenUpload() throws Exception {
    breakOff(SOURCE, 3);
    try (BreakingProxy proxy = new BreakingProxy(azurite());
        ObjectStore store = open(proxy.uri())) {
      assertThat(store.stat(NAME)).as("nothing is visible").isEmpty();
      assertHolds(store, put(store, SOURCE), SOURCE);
      assertThat(blocksSent(proxy)).isEqualTo(3);
      assertThat(resumed).containsExactly("2 of 5");
    }
  }

  @Test
  void partsFromMemoryAreResumedToo() throws Exception {
    breakOff(SOURCE, 3);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    StoreTools tools = new StoreTools(threads, new PartMemory(4L * PART), Optional.empty());
    try (ObjectStore store =
        Opened.store(tools, server.environment(), server.url(container, "p"), server.settings())) {
      assertHolds(store, put(store, SOURCE), SOURCE);
      assertThat(resumed).containsExactly("2 of 5");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anAlteredBlockIsSentAgain() throws Exception {
    breakOff(SOURCE, 3);
    BlockBlobClient blob = blob();
    String id =
        blob.listBlocks(BlockListType.UNCOMMITTED).getUncommittedBlocks().get(0).getName();
    // Of the same number and length; only the digest in the name can tell.
    byte[] other = new RandomSource(9, PART).bytes();
    String foreign = BlockId.read(0, new ByteArrayInputStream(other)).id().text();
    assertThat(foreign).isNotEqualTo(id).hasSameSizeAs(id);
    blob.commitBlockList(List.of());
    blob.delete();
    blob.stageBlock(foreign, new ByteArrayInputStream(other), PART);
    try (ObjectStore store = open(azurite())) {
      assertHolds(store, put(store, SOURCE), SOURCE);
      assertThat(resumed).isEmpty();
    }
  }

  @Test
  void anotherSourceOfTheSameLengthStartsFromScratch() throws Exception {
    RandomSource other = new RandomSource(2, SOURCE.lengthBytes());
    breakOff(SOURCE, 3);
    try (ObjectStore store = open(azurite())) {
      assertHolds(store, put(store, other), other);
      assertThat(resumed).isEmpty();
    }
  }

  @Test
  void anotherPartSizeStartsFromScratch() throws Exception {
    breakOff(SOURCE, 3);
    try (ObjectStore store = Opened.store(
        server.environment(),
        server.url(container, "p"),
        server.settings(),
        "part-size",
        String.valueOf(PART + 1))) {
      assertHolds(store, put(store, SOURCE), SOURCE);
      assertThat(resumed).isEmpty();
    }
  }

  @Test
  void expiredBlocksAreSentAgain() throws Exception {
    breakOff(SOURCE, 3);
    try (BreakingProxy proxy =
            new BreakingProxy(azurite(), Break.at("PUT .*comp=blocklist").afterRequestBytes(0));
        ObjectStore store = open(proxy.uri())) {
      StoreException failure = Failures.of(() -> put(store, SOURCE));
      assertThat(failure.kind()).as(failure.toString()).isEqualTo(Kind.UNAVAILABLE);
    }
    // A blob of the name discards what was staged.
    blob().upload(new ByteArrayInputStream(new byte[1]), 1, true);
    blob().delete();
    resumed.clear();
    try (ObjectStore store = open(azurite())) {
      assertHolds(store, put(store, SOURCE), SOURCE);
      assertThat(resumed).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 4 * PART + 5})
  void aLostAnswerToTheLastCallIsSettled(long lengthBytes) throws Exception {
    RandomSource source = new RandomSource(3, lengthBytes);
    String last = lengthBytes > PART ? "PUT .*comp=blocklist" : "PUT ";
    try (BreakingProxy proxy = new BreakingProxy(azurite(), Break.at(last).losingTheResponse());
        ObjectStore store = open(proxy.uri())) {
      assertHolds(store, put(store, source), source);
      assertThat(
              proxy.requests().stream().filter(line -> line.startsWith("PUT")).count())
          .as("nothing is sent twice")
          .isEqualTo(lengthBytes > PART ? 6 : 1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {10_000, 3 * PART})
  void aResetWhileSendingIsUnavailableAndLeavesNothing(long lengthBytes) throws Exception {
    RandomSource source = new RandomSource(3, lengthBytes);
    try (BreakingProxy proxy = new BreakingProxy(
            azurite(), Break.at("PUT ").afterRequestBytes(5000).resetting());
        ObjectStore store = open(proxy.uri())) {
      assertThat(Failures.of(() -> put(store, source)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(store.stat(NAME)).isEmpty();
      assertHolds(store, put(store, source), source);
    }
  }

  @Test
  void twoPutsThatResumeAtOnceMakeOneObject() throws Exception {
    breakOff(SOURCE, 3);
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (ObjectStore one = open(azurite());
        ObjectStore two = open(azurite())) {
      List<Future<StoredObject>> puts = new ArrayList<>();
      for (ObjectStore store : List.of(one, two)) {
        puts.add(threads.submit(() -> {
          start.await();
          return store.put(new PutRequest(NAME, SOURCE, Placement.BULK));
        }));
      }
      int winners = 0;
      for (Future<StoredObject> put : puts) {
        try {
          assertHolds(one, put.get(), SOURCE);
          winners++;
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOfSatisfying(
                  StoreException.class,
                  f -> assertThat(f.kind()).isIn(Kind.ALREADY_EXISTS, Kind.UNAVAILABLE));
        }
      }
      assertThat(winners).isEqualTo(1);
      assertHolds(two, two.stat(NAME).orElseThrow(), SOURCE);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void blocksWithNamesOfAnotherLengthAreReplacedOrExplained() throws Exception {
    String id = Base64.getEncoder().encodeToString("another".getBytes(StandardCharsets.UTF_8));
    blob().stageBlock(id, new ByteArrayInputStream(new byte[7]), 7);
    try (ObjectStore store = open(azurite())) {
      try {
        assertHolds(store, put(store, SOURCE), SOURCE);
      } catch (StoreException e) {
        // The service wants names of one length; its emulator need not.
        assertThat(e.kind()).isEqualTo(Kind.REJECTED);
        assertThat(e).hasMessageContaining("expires a week after");
      }
    }
  }

  @Test
  void aSweepOnlyCountsUncommittedBlocks() throws Exception {
    breakOff(SOURCE, 3);
    try (ObjectStore store = open(azurite())) {
      store.put(
          new PutRequest(new ObjectName("empty"), new RandomSource(1, 0), Placement.STANDARD));
      Duration ofTheFuture = Duration.ofMinutes(-1);
      assertThat(store.sweep(ObjectPrefix.ALL, ofTheFuture)).isEqualTo(new SweepResult(1, 0));
      assertThat(store.sweep(new ObjectPrefix("chunks/"), ofTheFuture).found()).isEqualTo(1);
      assertThat(store.sweep(new ObjectPrefix("other/"), ofTheFuture).found()).isZero();
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)).found()).isZero();
      put(store, SOURCE);
      assertThat(resumed).as("it is all still there").containsExactly("2 of 5");
      assertThat(store.sweep(ObjectPrefix.ALL, ofTheFuture).found()).isZero();
    }
  }

  /** Sends until a block is lost, and forgets the store. */
  private void breakOff(ObjectSource source, int lostBlock) throws Exception {
    Break lost = new Break(
        Pattern.compile(BLOCK),
        turn -> turn == lostBlock,
        Break.Place.REQUEST,
        0,
        Optional.empty(),
        true);
    try (BreakingProxy proxy = new BreakingProxy(azurite(), lost);
        ObjectStore store = open(proxy.uri())) {
      assertThat(Failures.of(() -> put(store, source)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(blocksSent(proxy)).isEqualTo(lostBlock);
    }
    resumed.clear();
  }

  private static long blocksSent(BreakingProxy proxy) {
    return proxy.requests().stream().filter(line -> line.matches(BLOCK + ".*")).count();
  }

  private URI azurite() {
    return URI.create(server.settings().get("endpoint")).resolve("/");
  }

  private ObjectStore open(URI through) throws StoreException {
    String path = URI.create(server.settings().get("endpoint")).getPath();
    Map<String, String> settings = Map.of("endpoint", through.resolve(path).toString());
    return Opened.store(server.environment(), server.url(container, "p"), settings);
  }

  private BlockBlobClient blob() {
    return server.container(container).getBlobClient("p/" + NAME).getBlockBlobClient();
  }

  private StoredObject put(ObjectStore store, ObjectSource source) throws StoreException {
    return store.put(new PutRequest(
        NAME, source, Placement.BULK, (there, of) -> resumed.add(there + " of " + of)));
  }

  private static void assertHolds(ObjectStore store, StoredObject stored, RandomSource source)
      throws Exception {
    assertThat(store.stat(NAME)).contains(stored);
    try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.of(stored.version()))) {
      assertThat(content.stream().readAllBytes()).isEqualTo(source.bytes());
    }
  }
}
