package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
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
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.gcs.emulator.Answer;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.gcs.emulator.Identity;
import io.coldstream.store.network.Network;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.http.RawServer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What credentials are for, and what becomes of wrong ones. */
class GcsCredentialsTest {

  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final long LARGE = 3L * OnServer.PART_BYTES;

  private final GcsServer server = OnServer.server();

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void aTokenThatIsNotValidIsDenied() throws Exception {
    server.identities().requireTokens();
    try (ObjectStore store = OnServer.storeOf(server, "hunter2");
        ObjectStore anonymous = OnServer.store(server)) {
      for (ObjectStore one : List.of(store, anonymous)) {
        StoreException failure = failure(() -> list(one));
        assertThat(failure.kind()).as("%s", failure).isEqualTo(Kind.ACCESS_DENIED);
        assertThat(failure).hasMessageContaining("renew them");
        assertThat(failure(() -> one.put(request(NAME.value(), LARGE))).kind())
            .isEqualTo(Kind.ACCESS_DENIED);
      }
    }
  }

  @Test
  void aWriterNeedsOnlyCreateAndList() throws Exception {
    server.identities().requireTokens();
    server
        .identities()
        .put(
            "writer",
            Identity.named("writer")
                .allow("storage.objects.create", "p/")
                .allow("storage.objects.list", ""));
    try (ObjectStore store = OnServer.storeOf(server, "writer")) {
      store.put(request(NAME.value(), LARGE));
      store.put(request("small", 10));
      assertThat(failure(() -> store.put(request("small", 10))).kind())
          .isEqualTo(Kind.ALREADY_EXISTS);
      assertThat(list(store).objects()).hasSize(2);
      server.faults().add(When.request("PUT", "/upload/").from(2), Faults.loseAnswer());
      failure(() -> store.put(request("large", LARGE)));
      store.put(request("large", LARGE));
      for (ThrowingCallable denied : List.<ThrowingCallable>of(
          () -> store.read(NAME, ByteRange.WHOLE, Optional.empty()),
          () -> store.delete(List.of(NAME)))) {
        assertThat(failure(denied).kind()).isEqualTo(Kind.ACCESS_DENIED);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_grant: Invalid JWT Signature., renew them",
    "invalid_grant: Token must be short-lived and in a reasonable timeframe., set the clock",
  })
  void aKeyThatIsNotAcceptedIsDenied(String said, String advice) throws Exception {
    server
        .faults()
        .add(
            When.request("POST", "/token").always(),
            Faults.answer(Answer.bytes(
                400,
                "application/json",
                ("{\"error\":\"" + said + "\"}").getBytes(StandardCharsets.UTF_8))));
    GcsSettings settings = OnServer.settings(server);
    ServiceAccountCredentials key = ServiceAccountCredentials.newBuilder()
        .setClientEmail("a@b.example")
        .setPrivateKey(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate())
        .setTokenServerUri(server.url().resolve("/token"))
        .build();
    try (ObjectStore store = OnServer.store(
        settings,
        Optional.empty(),
        GcsConnection.open(settings, Network.DIRECT, key),
        Clock.systemUTC())) {
      StoreException failure = failure(() -> list(store));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining(advice).hasMessageContaining("it said: ");
    }
  }

  private static StoreException notFound(IOException e) {
    return failure(() -> GcsFailures.credentials("gs://b/", () -> {
      throw e;
    }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error reading credential file from environment variable GOOGLE_APPLICATION_CREDENTIALS,"
            + " value '/etc/key.json': File does not exist.",
        "Invalid credential location. The file at /var/run/token does not exist.",
      })
  void aConfiguredFileThatCannotBeUsedIsTold(String said) {
    StoreException failure = notFound(new IOException(said));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining(said);
    assertThat(failure.getMessage()).doesNotContain("no credentials were found");
  }

  @Test
  void anotherKeyFileReplacesThatOfTheEnvironment() throws Exception {
    StoreProvider provider = new GcsStoreProvider(Map.of())
        .withCredentials(Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/none/key.json"));
    StoreSettings settings = StoreSettings.of(Map.of(), provider.settingNames());
    StoreException failure =
        failure(() -> provider.open(StoreUrl.parse("gs://bucket/p"), settings, StoreTools.NONE));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining("the file /none/key.json does not exist");
  }

  @Test
  void aFileThatCannotBeReadIsNoTroubleOfTheNetwork() {
    StoreException failure =
        notFound(new IOException("cannot read", new FileNotFoundException("/etc/key.json")));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
  }

  @ParameterizedTest
  @CsvSource({"503, UNAVAILABLE", "429, UNAVAILABLE", "404, ACCESS_DENIED"})
  void theStatusOfAMetadataServerDecides(int status, Kind kind) throws Exception {
    try (RawServer metadata = new RawServer(line -> {
      boolean token = line.contains("/token");
      return io.coldstream.store.testkit.http.Answer.of(
          token ? status : 200, "Metadata-Flavor: Google\r\n", token ? "" : "googleapis.com");
    })) {
      StoreException failure = ofMachine(metadata);
      assertThat(failure.kind()).as("%s", failure).isEqualTo(kind);
    }
  }

  @Test
  void aMetadataServerThatDoesNotAnswerYetIsUnavailable() throws Exception {
    RawServer metadata = new RawServer(line -> null);
    metadata.close();
    StoreException failure = ofMachine(metadata);
    assertThat(failure.kind()).as("%s", failure).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("no access token could be fetched");
  }

  /** GKE's metadata server begins to listen some seconds after a pod. */
  @Test
  void aMetadataServerThatIsLateIsAskedAgain() throws Exception {
    server.identities().put("t", Identity.named("t").allow("storage.objects.list", ""));
    AtomicReference<URI> metadata = new AtomicReference<>(unused());
    try (RawServer late = new RawServer(GcsCredentialsTest::token);
        ObjectStore store = new RetryingStore(
            ofMachine(metadata::get),
            new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(1)),
            new Random(1),
            wait -> metadata.set(late.uri()))) {
      assertThat(list(store).objects()).isEmpty();
      assertThat(late.requests()).isNotEmpty();
    }
  }

  @Test
  void aMetadataServerThatStaysAwayEndsAsNotReachable() throws Exception {
    URI metadata = unused();
    AtomicInteger waits = new AtomicInteger();
    try (ObjectStore store = new RetryingStore(
        ofMachine(() -> metadata),
        new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(1)),
        new Random(1),
        wait -> waits.incrementAndGet())) {
      StoreException failure = failure(() -> list(store));
      assertThat(failure.kind()).as("%s", failure).isEqualTo(Kind.UNAVAILABLE);
      assertThat(waits).hasValue(2);
    }
  }

  private static io.coldstream.store.testkit.http.Answer token(String line) {
    boolean token = line.contains("/token");
    return io.coldstream.store.testkit.http.Answer.of(
        200,
        "Metadata-Flavor: Google\r\nContent-Type: application/json\r\n",
        token
            ? "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
            : "googleapis.com");
  }

  private static URI unused() throws IOException {
    RawServer gone = new RawServer(line -> null);
    gone.close();
    return gone.uri();
  }

  /** What a request becomes with the machine's credentials. */
  private StoreException ofMachine(RawServer metadata) throws Exception {
    try (ObjectStore store = ofMachine(metadata::uri)) {
      return failure(() -> list(store));
    }
  }

  /** A store with the credentials of a machine whose metadata server the environment names. */
  private ObjectStore ofMachine(Supplier<URI> metadata) throws Exception {
    return OnServer.store(
        OnServer.settings(server),
        Optional.empty(),
        GcsConnection.open(OnServer.settings(server), Network.DIRECT, machine(metadata)),
        Clock.systemUTC());
  }

  private static ComputeEngineCredentials machine(Supplier<URI> metadata) {
    HttpTransport toMetadata = new NetHttpTransport.Builder()
        .setConnectionFactory(url ->
            (HttpURLConnection) metadata.get().resolve(url.getPath()).toURL().openConnection())
        .build();
    return ComputeEngineCredentials.newBuilder()
        .setHttpTransportFactory(() -> toMetadata)
        .build();
  }

  @Test
  void theAccountOfAMachineIsShownWhereItsServerTellsIt() throws Exception {
    try (RawServer metadata = new RawServer(line -> io.coldstream.store.testkit.http.Answer.of(
        200, "Metadata-Flavor: Google\r\n", "node@b.example"))) {
      assertThat(GcsIdentity.shown(machine(metadata::uri)))
          .isEqualTo("metadata server, service account node@b.example");
    }
    URI gone = unused();
    assertThat(GcsIdentity.shown(machine(() -> gone)))
        .isEqualTo("metadata server, service account default");
  }

  @Test
  void missingCredentialsAreReportedWithWhereTheyAreLookedFor() {
    StoreException failure = notFound(new IOException("Your default credentials were not found."));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS");
  }

  @ParameterizedTest
  @CsvSource({"429, UNAVAILABLE", "500, UNAVAILABLE", "503, UNAVAILABLE", "401, ACCESS_DENIED"})
  void aBusyTokenServiceIsUnavailable(int status, Kind kind) {
    assertThat(Unanswered.ofTokenService(Operation.LIST, "gs://b/", status, "").kind())
        .isEqualTo(kind);
  }

  private static StoreException failure(ThrowingCallable call) {
    StoreException failure = Failures.of(call);
    assertThat(Throwables.getStackTrace(failure)).doesNotContain("hunter2", "upload_id");
    return failure;
  }

  private static ListPage list(ObjectStore store) throws StoreException {
    return store.list(ObjectPrefix.ALL, ListCursor.START);
  }

  private static PutRequest request(String name, long length) {
    return new PutRequest(new ObjectName(name), new RandomSource(1, length), Placement.STANDARD);
  }
}
