package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.models.BlobStorageException;
import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.azure.emulator.AzureEmulator;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What shared access signatures allow: a writer's neither deletes nor overwrites nor reads, a
 * restorer's neither creates nor deletes. Each verb that must be denied is tried.
 */
@Timeout(120)
@NeedsEmulator("azurite")
class SignaturesTest {

  private static final int PART = Opened.PART_BYTES;
  private static final ObjectName THERE = new ObjectName("chunks/there");
  private static final ObjectName NEW = new ObjectName("chunks/new");

  private final AzureEmulator server = new AzureEmulator();
  private final String container = server.newContainer();

  @BeforeEach
  void putSomething() throws Exception {
    try (ObjectStore store = open(server.environment())) {
      put(store, THERE, 10);
    }
  }

  @Test
  void aWriterCreatesAndListsAndNothingElse() throws Exception {
    try (ObjectStore store = open(server.environment(container, "cl"))) {
      put(store, NEW, PART);
      assertThat(store.stat(NEW)).isPresent();
      assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).hasSize(2);
      denied(() -> read(store, THERE));
      denied(() -> store.delete(List.of(THERE)));
      // The service says that this is denied; the listing, that the name is taken.
      assertThat(Failures.of(() -> put(store, THERE, 11)).kind()).isEqualTo(Kind.ALREADY_EXISTS);
      // Sending blocks is writing, not creating: what is longer than a part cannot be sent.
      denied(() -> put(store, new ObjectName("chunks/long"), PART + 1));
    }
    assertUntouched();
  }

  @Test
  void aWriterOfBlocksNeitherReadsNorDeletes() throws Exception {
    List<Integer> resumed = new ArrayList<>();
    RandomSource source = new RandomSource(1, 3 * PART);
    try (ObjectStore store = open(server.environment(container, "cwl"))) {
      store.put(new PutRequest(NEW, source, Placement.BULK, (there, of) -> resumed.add(there)));
      assertThat(store.stat(NEW)).isPresent();
      assertThat(resumed).isEmpty();
      denied(() -> read(store, THERE));
      denied(() -> store.delete(List.of(THERE)));
      assertThat(Failures.of(() -> put(store, THERE, 11)).kind()).isEqualTo(Kind.ALREADY_EXISTS);
    }
    assertUntouched();
  }

  @Test
  void aRestorerReadsAndListsAndNothingElse() throws Exception {
    try (ObjectStore store = open(server.environment(container, "rl"))) {
      read(store, THERE);
      assertThat(store.stat(THERE)).isPresent();
      denied(() -> put(store, NEW, 1));
      denied(() -> put(store, NEW, PART + 1));
      denied(() -> store.delete(List.of(THERE)));
    }
    assertUntouched();
  }

  @Test
  void aPrunerReadsListsAndDeletes() throws Exception {
    try (ObjectStore store = open(server.environment(container, "rdl"))) {
      store.sweep(ObjectPrefix.ALL, Duration.ZERO);
      denied(() -> put(store, NEW, 1));
      store.delete(List.of(THERE));
      assertThat(store.stat(THERE)).isEmpty();
    }
  }

  @Test
  void aSignatureWithoutListIsDenied() throws Exception {
    try (ObjectStore store = open(server.environment(container, "r"))) {
      denied(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      denied(() -> store.stat(THERE));
      denied(() -> store.sweep(ObjectPrefix.ALL, Duration.ZERO));
    }
  }

  @Test
  void anExpiredSignatureIsDenied() throws Exception {
    Map<String, String> expired = server.environment(
        container, "rcwdl", OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(5));
    try (ObjectStore store = open(expired)) {
      denied(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      denied(() -> read(store, THERE));
      denied(() -> put(store, NEW, 1));
      denied(() -> store.delete(List.of(THERE)));
    }
    assertUntouched();
  }

  @Test
  void aSignatureForAnotherContainerIsDenied() throws Exception {
    try (ObjectStore store = open(server.environment(server.newContainer(), "rcwdl"))) {
      denied(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      denied(() -> put(store, NEW, 1));
    }
  }

  @Test
  void aWrongKeyIsDenied() throws Exception {
    try (ObjectStore store = open(RawAzure.KEY)) {
      denied(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      denied(() -> put(store, NEW, 1));
    }
  }

  @Test
  void aContainerThatIsMissingIsRejectedAndNotCreated() throws Exception {
    String url = server.url("not-there", "p");
    try (ObjectStore store = Opened.store(server.environment(), url, server.settings())) {
      for (StoreException failure : List.of(
          Failures.of(() -> put(store, NEW, 1)),
          Failures.of(() -> put(store, NEW, PART + 1)),
          Failures.of(() -> read(store, NEW)),
          Failures.of(() -> store.stat(NEW)),
          Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START)),
          Failures.of(() -> store.delete(List.of(NEW))))) {
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.REJECTED);
        assertThat(failure).hasMessageContaining("no such container");
      }
    }
    assertThat(server.container("not-there").exists()).isFalse();
  }

  private void denied(ThrowingCallable call) {
    StoreException failure = Failures.of(call);
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure.getMessage()).doesNotContain("sig=");
  }

  private void assertUntouched() throws BlobStorageException {
    assertThat(server
            .container(container)
            .getBlobClient("p/" + THERE)
            .downloadContent()
            .toBytes())
        .hasSize(10);
  }

  private ObjectStore open(Map<String, String> environment) throws StoreException {
    return Opened.store(environment, server.url(container, "p"), server.settings());
  }

  private static void put(ObjectStore store, ObjectName name, int lengthBytes)
      throws StoreException {
    store.put(new PutRequest(name, Content.of(new byte[lengthBytes]), Placement.BULK));
  }

  private static void read(ObjectStore store, ObjectName name) throws Exception {
    try (ObjectContent content = store.read(name, ByteRange.WHOLE, Optional.empty())) {
      content.stream().readAllBytes();
    }
  }
}
