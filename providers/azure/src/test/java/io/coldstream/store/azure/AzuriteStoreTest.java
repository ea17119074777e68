package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import io.coldstream.store.azure.emulator.AzureEmulator;
import io.coldstream.store.testkit.LyingSources;
import io.coldstream.store.testkit.ObjectStoreContract;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.emulator.Deviation;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract against Azurite, which lists in the order of UTF-16, and from the first name on
 * whatever it is asked for. Coldstream's own names are ASCII, for which both orders are one.
 */
@NeedsEmulator("azurite")
class AzuriteStoreTest implements ObjectStoreContract {

  private static final ObjectName NAME = new ObjectName("chunks/a");

  /** In Azurite's order. */
  private static final List<String> ORDERED =
      List.of("A", "a", "a b", "a-b", "a.b", "a/-", "a/b", "a0", "é", "😀", "\uE000", "\uFF5E");

  private final AzureEmulator server = new AzureEmulator();
  private final String container = server.newContainer();

  @Override
  public ObjectStore open(String prefix) throws StoreException {
    return Opened.store(server.environment(), server.url(container, prefix), server.settings());
  }

  @Override
  public ObjectStore openWithPartSize(String prefix, long partSizeBytes) throws StoreException {
    return Opened.store(
        server.environment(),
        server.url(container, prefix),
        server.settings(),
        "part-size",
        String.valueOf(partSizeBytes));
  }

  @Override
  public long partSizeBytes() {
    return Opened.PART_BYTES;
  }

  @Test
  @Override
  @Deviation("lists in the order of UTF-16")
  public void namesAreListedInTheOrderOfTheirUtf8Bytes() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store);
      assertThat(listed(store, ListCursor.START)).isEqualTo(ORDERED);
    }
  }

  @Test
  @Override
  @Deviation("lists in the order of UTF-16")
  public void aListingStartsAfterAnyName() throws Exception {
    try (ObjectStore store = open()) {
      putAll(store);
      for (String start : ORDERED) {
        ObjectName after = new ObjectName(start);
        assertThat(listed(store, ListCursor.after(after)))
            .isEqualTo(ORDERED.stream()
                .filter(name -> new ObjectName(name).compareTo(after) > 0)
                .toList());
      }
    }
  }

  @Test
  @Override
  @Deviation("nothing removes blocks that are not committed: they expire, on Azure too")
  public void aRefusedPutLeavesNothingToResume() throws Exception {
    RandomSource content = new RandomSource(1, 3 * partSizeBytes() + 7);
    try (ObjectStore store = open()) {
      refuse(store, content);
      assertThat(store.stat(NAME)).isEmpty();
      StoredObject stored = store.put(new PutRequest(NAME, content, Placement.BULK));
      assertThat(store.stat(NAME)).contains(stored);
    }
  }

  @Test
  @Override
  @Deviation("nothing removes blocks that are not committed: they expire, on Azure too")
  public void aSweepRemovesUnfinishedUploads() throws Exception {
    try (ObjectStore store = open()) {
      refuse(store, new RandomSource(1, 3 * partSizeBytes() + 7));
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)))
          .isEqualTo(new SweepResult(0, 0));
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofMinutes(-1)))
          .isEqualTo(new SweepResult(1, 0));
    }
  }

  private static void refuse(ObjectStore store, RandomSource content) {
    PutRequest refused = new PutRequest(NAME, LyingSources.refusing(content), Placement.BULK);
    assertThat(Failures.of(() -> store.put(refused)).kind()).isEqualTo(Kind.SOURCE_UNREADABLE);
  }

  private static void putAll(ObjectStore store) throws StoreException {
    for (int i = 0; i < ORDERED.size(); i++) {
      // Not in their order, so that no store can list them as they came.
      ObjectName name = new ObjectName(ORDERED.get(i * 7 % ORDERED.size()));
      store.put(new PutRequest(name, Content.of(new byte[1]), Placement.STANDARD));
    }
  }

  private static List<String> listed(ObjectStore store, ListCursor from) throws StoreException {
    return store.list(ObjectPrefix.ALL, from).objects().stream()
        .map(object -> object.name().value())
        .toList();
  }
}
