package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.ForwardProxy;
import io.coldstream.store.testkit.http.OwnAuthority;
import io.coldstream.store.testkit.http.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and the files that they are fetched with are read again where they are refused. */
@Timeout(120)
class RefusedTokensTest {

  private static final String TOKEN = "/oauth2/v2.0/token";
  private static final String LIST = "comp=list";

  private final AtomicInteger refusedFetches = new AtomicInteger();
  private final AtomicInteger refusedLists = new AtomicInteger();
  private RawServer server;
  private ForwardProxy proxy;

  @TempDir
  private Path folder;

  @BeforeEach
  void begin() throws IOException {
    server = new RawServer(this::answer, OwnAuthority.get().context());
    proxy = new ForwardProxy(server.uri());
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    server.close();
  }

  private Answer answer(String line) {
    if (line.contains(TOKEN) && refusedFetches.getAndDecrement() > 0) {
      return Answer.of(
          401,
          "Content-Type: application/json\r\n",
          "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700024: expired\"}");
    }
    if (line.contains(LIST) && refusedLists.getAndDecrement() > 0) {
      return Answer.of(
          401,
          "x-ms-error-code: InvalidAuthenticationInfo\r\nContent-Type: application/xml\r\n",
          "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>InvalidAuthenticationInfo</Code>"
              + "<Message>Lifetime validation failed.</Message></Error>");
    }
    return NetworkTest.answer(line);
  }

  private ObjectStore store(String variable, String value) throws StoreException {
    Map<String, String> environment = new HashMap<>(Map.of(
        "AZURE_TENANT_ID", "tenant",
        "AZURE_CLIENT_ID", "client",
        "HTTPS_PROXY", "http://" + proxy.address(),
        "NO_PROXY", "127.0.0.1"));
    environment.put(variable, value);
    return Opened.store(
        environment,
        RawAzure.URL,
        Map.of(
            "endpoint",
            server.uri() + "/account",
            "ca-file",
            OwnAuthority.get().certificates().toString()));
  }

  private ObjectStore ofFile() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "not-a-secret");
    return store("AZURE_FEDERATED_TOKEN_FILE", file.toString());
  }

  private static void list(ObjectStore store) throws StoreException {
    assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
  }

  private long asked(String what) {
    return server.requests().stream().filter(line -> line.contains(what)).count();
  }

  @Test
  void aFileThatTheTokenServiceRefusesIsReadAgain() throws Exception {
    refusedFetches.set(1);
    try (ObjectStore store = ofFile()) {
      list(store);
      assertThat(asked(TOKEN)).isEqualTo(2);
    }
  }

  @Test
  void theSameFileIsGivenUpAfterOneMoreRequestWithTheCause() throws Exception {
    refusedFetches.set(Integer.MAX_VALUE);
    try (ObjectStore store = ofFile()) {
      StoreException failure = Failures.of(() -> list(store));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContainingAll("workload identity: ", "AADSTS700024");
      assertThat(asked(TOKEN)).isEqualTo(2);
    }
  }

  /** The environment of a process does not change. */
  @Test
  void aSecretOfTheEnvironmentIsNotSentAgain() throws Exception {
    refusedFetches.set(Integer.MAX_VALUE);
    try (ObjectStore store = store("AZURE_CLIENT_SECRET", "not-a-secret")) {
      assertThat(Failures.of(() -> list(store)).kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(asked(TOKEN)).isEqualTo(1);
    }
  }

  @Test
  void aTokenThatTheStoreRefusesIsFetchedAgain() throws Exception {
    try (ObjectStore store = store("AZURE_CLIENT_SECRET", "not-a-secret")) {
      list(store);
      refusedLists.set(1);
      list(store);
      assertThat(asked(TOKEN)).isEqualTo(2);
      assertThat(asked(LIST)).isEqualTo(3);
    }
  }

  @Test
  void aTokenThatIsRefusedTwiceIsGivenUp() throws Exception {
    refusedLists.set(Integer.MAX_VALUE);
    try (ObjectStore store = store("AZURE_CLIENT_SECRET", "not-a-secret")) {
      StoreException failure = Failures.of(() -> list(store));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("Lifetime validation failed");
      assertThat(asked(LIST)).isEqualTo(2);
    }
  }
}
