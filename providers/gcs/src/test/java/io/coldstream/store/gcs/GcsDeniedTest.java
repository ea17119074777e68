package io.coldstream.store.gcs;

import static io.coldstream.store.gcs.OnServer.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.gcs.emulator.Identity;
import io.coldstream.store.testkit.LyingSources;
import io.coldstream.store.testkit.RandomSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers who lack a permission, or have lost it. */
class GcsDeniedTest {

  private static final String TOKEN = "token-hunter2";
  private static final String THERE = "chunks/there";
  private static final String NEW = "chunks/new";
  private static final RandomSource SMALL = new RandomSource(1, 100);

  /** Six parts and five bytes: seven requests. */
  private static final RandomSource LARGE = new RandomSource(2, 6L * PART_BYTES + 5);

  private final GcsServer server = OnServer.server();

  /** What is asked for. */
  private enum Verb {
    LIST(store -> store.list(ObjectPrefix.ALL, ListCursor.START)),
    STAT(store -> store.stat(new ObjectName(THERE))),
    READ(store -> Puts.read(store, THERE)),
    PUT_SMALL(store -> Puts.put(store, NEW, SMALL)),
    PUT_LARGE(store -> Puts.put(store, NEW, LARGE)),
    DELETE(store -> store.delete(List.of(new ObjectName(THERE))));

    private final Call call;

    Verb(Call call) {
      this.call = call;
    }

    private interface Call {
      void on(ObjectStore store) throws IOException;
    }
  }

  @BeforeEach
  void storeAnObject() throws StoreException {
    try (ObjectStore store = OnServer.store(server)) {
      Puts.put(store, THERE, SMALL);
    }
    server.identities().requireTokens();
    server.identities().put("admin", Identity.named("admin").allowTheRest());
    server.log().clear();
  }

  @AfterEach
  void end() {
    server.close();
  }

  /** Replacing needs the right to remove, which a writer has not: the service may say that first. */
  @Test
  void aDeniedPutOfAnExistingNameIsAlreadyExists() throws Exception {
    When uploads = When.request("POST", "/upload/").always();
    try (ObjectStore store = OnServer.storeOf(server, "admin")) {
      server.faults().add(uploads, Faults.refuse(403, "forbidden"));
      assertThat(Failures.of(() -> Puts.put(store, THERE, SMALL)).kind())
          .isEqualTo(Kind.ALREADY_EXISTS);
      assertThat(Failures.of(() -> Puts.put(store, NEW, SMALL)).kind())
          .isEqualTo(Kind.ACCESS_DENIED);
    }
  }

  @Test
  void aDeniedLastRequestIsAlreadyExistsWhenAnotherWriterWasFaster() throws Exception {
    ObjectSource meeting = LyingSources.meeting(LARGE, LARGE.lengthBytes() - 1, () -> {
      server.faults().clear();
      try (ObjectStore faster = OnServer.storeOf(server, "admin")) {
        Puts.put(faster, NEW, SMALL);
      }
      server
          .faults()
          .add(When.request("PUT", "/upload/").always(), Faults.refuse(403, "forbidden"));
    });
    try (ObjectStore store = OnServer.storeOf(server, "admin")) {
      assertThat(Failures.of(() -> Puts.put(store, NEW, meeting)).kind())
          .isEqualTo(Kind.ALREADY_EXISTS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LIST, storage.objects.list, list gs://bucket-of-tests/p/: ",
    "STAT, storage.objects.list, stat gs://bucket-of-tests/p/chunks/there: ",
    "READ, storage.objects.get, read gs://bucket-of-tests/p/chunks/there: ",
    "PUT_SMALL, storage.objects.create, put gs://bucket-of-tests/p/chunks/new: ",
    "PUT_LARGE, storage.objects.create, put gs://bucket-of-tests/p/chunks/new: ",
    "PUT_LARGE, storage.objects.list, put gs://bucket-of-tests/p/chunks/new: ",
    "DELETE, storage.objects.delete, delete gs://bucket-of-tests/p/chunks/there: ",
  })
  void aForbiddenRequestIsDeniedWithoutEffect(Verb verb, String permission, String named)
      throws Exception {
    server
        .identities()
        .put(TOKEN, Identity.named("caller").deny(permission, "p/").allowTheRest());
    try (ObjectStore store = OnServer.storeOf(server, TOKEN)) {
      StoreException failure = Failures.of(() -> verb.call.on(store), TOKEN, "upload_id");
      assertThat(failure.kind()).as("%s", failure).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageStartingWith(named).hasMessageContaining("check what roles");
      assertThat(failure.retryAfter()).isEmpty();
    }
    assertOnlyWhatWasThere();
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  void anExpiredTokenIsDeniedForEveryVerb(Verb verb) throws Exception {
    try (ObjectStore store = OnServer.storeOf(server, TOKEN)) {
      StoreException failure = Failures.of(() -> verb.call.on(store), TOKEN, "upload_id");
      assertThat(failure.kind()).as("%s", failure).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("renew them");
    }
    assertOnlyWhatWasThere();
  }

  @Test
  void oneForbiddenObjectOfManyIsNamed() throws Exception {
    server
        .identities()
        .put(
            TOKEN,
            Identity.named("caller")
                .deny("storage.objects.delete", "p/chunks/there")
                .allowTheRest());
    try (ObjectStore store = OnServer.storeOf(server, TOKEN)) {
      Puts.put(store, NEW, SMALL);
      StoreException failure = Failures.of(
          () -> store.delete(List.of(new ObjectName(NEW), new ObjectName(THERE))),
          TOKEN,
          "upload_id");
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("gs://bucket-of-tests/p/chunks/there: ");
    }
    assertOnlyWhatWasThere();
  }

  @Test
  void aTokenThatExpiresDuringALargePutIsDeniedAndTheNextPutResumes() throws Exception {
    Identity caller = Identity.named("caller").allowTheRest();
    server.identities().put(TOKEN, caller);
    server
        .faults()
        .add(
            When.request("PUT", "/upload/").from(2),
            Faults.after(() -> server.identities().expire(TOKEN)));
    List<String> resumed = new ArrayList<>();
    try (ObjectStore store = OnServer.storeOf(server, TOKEN)) {
      // In the middle of a part it may be that the library had the wrong time, and a new token.
      assertThat(
              Failures.of(() -> Puts.put(store, NEW, LARGE), TOKEN, "upload_id").kind())
          .isEqualTo(Kind.UNAVAILABLE);
      StoreException failure = Failures.of(() -> Puts.put(store, NEW, LARGE), TOKEN, "upload_id");
      assertThat(failure.kind()).as("%s", failure).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure)
          .hasMessageStartingWith("put gs://bucket-of-tests/p/chunks/new: ")
          .hasMessageContaining("renew them");
      server.identities().put(TOKEN, caller);
      server.log().clear();
      Puts.put(store, NEW, LARGE, (there, parts) -> resumed.add(there + " of " + parts));
      assertThat(Puts.read(store, NEW)).isEqualTo(LARGE.bytes());
    }
    assertThat(resumed).containsExactly("2 of 7");
    assertThat(server.log().count("POST", "/upload/")).as("sessions begun").isZero();
    assertThat(server.openSessions()).isZero();
  }

  private void assertOnlyWhatWasThere() throws IOException {
    assertThat(server.log().entries()).as("what was asked").isNotEmpty();
    assertThat(server.log().entries().stream()
            .filter(entry -> entry.status() == 403 || entry.status() == 401)
            .map(entry -> entry.method() + " " + entry.path()))
        .as("refusals: no second attempt, at most a look whether a name is taken")
        .hasSizeBetween(1, 2)
        .filteredOn(request -> !request.equals("GET /storage/v1/b/bucket-of-tests/o"))
        .hasSizeLessThan(2);
    try (ObjectStore admin = OnServer.storeOf(server, "admin")) {
      Puts.assertHoldsOnly(admin, THERE, SMALL);
    }
    assertThat(server.openSessions()).isZero();
  }
}
