package io.coldstream.store.gcs;

import static io.coldstream.store.gcs.OnServer.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.SweepResult;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.gcs.emulator.Identity;
import io.coldstream.store.testkit.RandomSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The three identities that a repository is used with: who backs up creates and lists, who restores
 * reads, who prunes removes. Each can do all of its work, and nothing of another's.
 */
class GcsIdentitiesTest {

  private static final String WRITER = "writers-token";
  private static final String RESTORER = "restorers-token";
  private static final String PRUNER = "pruners-token";

  private static final String DATA = "chunks/a";
  private static final String MANIFEST = "manifests/000000000001.json";
  private static final RandomSource SMALL = new RandomSource(1, 100);

  /** Six parts and five bytes: seven requests. */
  private static final RandomSource LARGE = new RandomSource(2, 6L * PART_BYTES + 5);

  private final GcsServer server = OnServer.server();

  @TempDir
  private Path sessions;

  @BeforeEach
  void letThemIn() {
    server.identities().requireTokens();
    server
        .identities()
        .put(
            WRITER,
            Identity.named("writer")
                .allow("storage.objects.create", "p/")
                .allow("storage.objects.list", "p/")
                .allow("storage.objects.get", "p/manifests/"));
    server
        .identities()
        .put(
            RESTORER,
            Identity.named("restorer")
                .allow("storage.objects.get", "p/")
                .allow("storage.objects.list", "p/"));
    server
        .identities()
        .put(
            PRUNER,
            Identity.named("pruner")
                .allow("storage.objects.get", "p/")
                .allow("storage.objects.list", "p/")
                .allow("storage.objects.delete", "p/"));
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void theWriterPutsListsAndReadsDocuments() throws Exception {
    try (ObjectStore store = as(WRITER)) {
      Puts.put(store, DATA, LARGE);
      Puts.put(store, "index/b", SMALL);
      Puts.put(store, MANIFEST, SMALL);
      assertThat(Puts.names(store)).containsExactly(DATA, "index/b", MANIFEST);
      assertThat(store.stat(new ObjectName(DATA)).orElseThrow().lengthBytes())
          .isEqualTo(LARGE.lengthBytes());
      assertThat(Puts.read(store, MANIFEST)).isEqualTo(SMALL.bytes());
      for (RandomSource second : List.of(SMALL, LARGE)) {
        assertThat(failure(() -> Puts.put(store, DATA, second)).kind())
            .isEqualTo(Kind.ALREADY_EXISTS);
      }
    }
    assertThat(server.log().count("DELETE", "/o/")).isZero();
  }

  @Test
  void theWriterResumesAnUploadOfAnotherProcess() throws Exception {
    breakOff();
    List<String> resumed = new ArrayList<>();
    try (ObjectStore store = as(WRITER)) {
      Puts.put(store, DATA, LARGE, (there, parts) -> resumed.add(there + " of " + parts));
    }
    assertThat(resumed).containsExactly("2 of 7");
    assertHolds();
  }

  @Test
  void theWriterSettlesALostLastAnswer() throws Exception {
    server.faults().add(When.request("PUT", "/upload/").from(7), Faults.loseAnswer());
    try (ObjectStore store = as(WRITER)) {
      Puts.put(store, DATA, LARGE);
    }
    assertHolds();
  }

  @Test
  void theWriterStartsFromScratchAfterAnotherContent() throws Exception {
    RandomSource other = new RandomSource(3, LARGE.lengthBytes());
    breakOff();
    try (ObjectStore store = as(WRITER)) {
      Puts.put(store, DATA, other);
    }
    try (ObjectStore store = as(RESTORER)) {
      Puts.assertHoldsOnly(store, DATA, other);
    }
    assertThat(server.openSessions()).as("the old one is cancelled").isZero();
  }

  @Test
  void theWriterNeitherReadsDataNorRemovesAnything() throws Exception {
    try (ObjectStore store = as(WRITER)) {
      Puts.put(store, DATA, LARGE);
      Puts.put(store, MANIFEST, SMALL);
      assertDenied(() -> Puts.read(store, DATA));
      assertDenied(() -> store.delete(List.of(new ObjectName(DATA))));
      assertDenied(() -> store.delete(List.of(new ObjectName(MANIFEST))));
      assertThat(Puts.names(store)).containsExactly(DATA, MANIFEST);
    }
  }

  @Test
  void theRestorerReadsAndChangesNothing() throws Exception {
    try (ObjectStore store = as(WRITER)) {
      Puts.put(store, DATA, LARGE);
    }
    try (ObjectStore store = as(RESTORER)) {
      assertDenied(() -> Puts.put(store, "chunks/b", SMALL));
      assertDenied(() -> Puts.put(store, "chunks/b", LARGE));
      assertDenied(() -> store.delete(List.of(new ObjectName(DATA))));
      assertThat(store.stat(new ObjectName(DATA))).isPresent();
    }
    assertHolds();
  }

  @Test
  void thePrunerRemovesAndSweepsAndStoresNothing() throws Exception {
    try (ObjectStore store = as(WRITER)) {
      Puts.put(store, MANIFEST, SMALL);
      Puts.put(store, "chunks/b", LARGE);
    }
    breakOff();
    assertThat(server.openSessions()).isEqualTo(1);
    try (ObjectStore store = as(PRUNER)) {
      assertDenied(() -> Puts.put(store, "chunks/c", SMALL));
      assertDenied(() -> Puts.put(store, "chunks/c", LARGE));
      store.delete(List.of(new ObjectName("chunks/b"), new ObjectName("chunks/gone")));
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofMinutes(-1)))
          .isEqualTo(new SweepResult(1, 1));
      Puts.assertHoldsOnly(store, MANIFEST, SMALL);
    }
    assertThat(server.openSessions()).isZero();
  }

  @Test
  void noIdentityReachesAnotherPrefix() throws Exception {
    for (String token : List.of(WRITER, RESTORER, PRUNER)) {
      try (ObjectStore store = as(token, "q")) {
        assertDenied(() -> Puts.put(store, DATA, SMALL));
        assertDenied(() -> Puts.put(store, DATA, LARGE));
        assertDenied(() -> Puts.read(store, MANIFEST));
        assertDenied(() -> Puts.names(store));
        assertDenied(() -> store.delete(List.of(new ObjectName(DATA))));
      }
    }
  }

  /** Leaves an upload of the writer's of which the store has two parts. */
  private void breakOff() throws StoreException {
    server.faults().add(When.request("PUT", "/upload/").from(3), Faults.drop());
    try (ObjectStore store = as(WRITER)) {
      assertThat(failure(() -> Puts.put(store, DATA, LARGE)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  private void assertHolds() throws Exception {
    try (ObjectStore store = as(RESTORER)) {
      Puts.assertHoldsOnly(store, DATA, LARGE);
    }
  }

  private static void assertDenied(ThrowingCallable call) {
    StoreException failure = failure(call);
    assertThat(failure.kind()).as("%s", failure).isEqualTo(Kind.ACCESS_DENIED);
  }

  private static StoreException failure(ThrowingCallable call) {
    return Failures.of(call, WRITER, RESTORER, PRUNER, "upload_id");
  }

  private ObjectStore as(String token) throws StoreException {
    return as(token, "p");
  }

  private ObjectStore as(String token, String prefix) throws StoreException {
    return OnServer.storeOf(server, token, prefix, Optional.of(sessions));
  }
}
