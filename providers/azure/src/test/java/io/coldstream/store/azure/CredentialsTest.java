package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.identity.CredentialUnavailableException;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.microsoft.aad.msal4j.MsalServiceException;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.RawServer;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the environment's secrets is used, and that none is repeated. */
@Timeout(120)
class CredentialsTest {

  private static final String SECRET = "aHVudGVyMg==";
  private static final String SAS = "sv=2024-01-01&sp=cl&sig=" + SECRET;

  @Test
  void theFirstVariableThatIsSetIsUsed() {
    Map<String, String> environment = new HashMap<>();
    assertThat(Credentials.of(environment)).hasToString("Credentials[DEFAULT]");
    environment.put(Credentials.SAS_TOKEN, SAS);
    assertThat(Credentials.of(environment)).hasToString("Credentials[SAS_TOKEN]");
    environment.put(Credentials.KEY, SECRET);
    assertThat(Credentials.of(environment)).hasToString("Credentials[KEY]");
    environment.put(Credentials.CONNECTION_STRING, "AccountName=account;AccountKey=" + SECRET);
    assertThat(Credentials.of(environment)).hasToString("Credentials[CONNECTION_STRING]");
    environment.replaceAll((name, value) -> " ");
    assertThat(Credentials.of(environment)).hasToString("Credentials[DEFAULT]");
  }

  @Test
  void otherCredentialsReplaceAllOfTheEnvironment() throws Exception {
    try (RawAzure server = new RawAzure(line -> RawAzure.listing(""))) {
      StoreProvider provider = new AzureStoreProvider(Map.of(
              Credentials.CONNECTION_STRING,
              "AccountName=account;AccountKey=" + SECRET,
              Credentials.KEY,
              SECRET))
          .withCredentials(Map.of(Credentials.SAS_TOKEN, SAS));
      StoreSettings settings =
          StoreSettings.of(Map.of("endpoint", server.uri() + "/account"), provider.settingNames());
      try (ObjectStore store =
          provider.open(StoreUrl.parse(RawAzure.URL), settings, StoreTools.NONE)) {
        store.list(ObjectPrefix.ALL, ListCursor.START);
      }
      assertThat(server.requests()).isNotEmpty().allMatch(request -> request.contains("&sig="));
    }
  }

  @Test
  void aSignatureIsSentWithOrWithoutItsQuestionMark() throws Exception {
    for (String token : new String[] {SAS, "?" + SAS}) {
      try (RawAzure server = new RawAzure(line -> RawAzure.listing(""));
          ObjectStore store = Opened.store(
              Map.of(Credentials.SAS_TOKEN, token),
              RawAzure.URL,
              Map.of("endpoint", server.uri() + "/account"))) {
        store.list(ObjectPrefix.ALL, ListCursor.START);
        assertThat(server.requests().get(0)).contains("&sig=").doesNotContain("??", "?&");
      }
    }
  }

  @Test
  void aConnectionStringHasItsOwnEndpoint() throws Exception {
    try (RawAzure server = new RawAzure(line -> RawAzure.listing(""))) {
      String text = "DefaultEndpointsProtocol=http;AccountName=account;AccountKey=" + SECRET
          + ";BlobEndpoint=" + server.uri() + "/account;";
      Map<String, String> environment = Map.of(Credentials.CONNECTION_STRING, text);
      try (ObjectStore store = Opened.store(environment, RawAzure.URL, Map.of())) {
        assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).isEmpty();
      }
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aConnectionStringOfAnotherAccountIsRefused() {
    Map<String, String> environment = Map.of(
        Credentials.CONNECTION_STRING,
        "AccountName=another;AccountKey=" + SECRET
            + ";EndpointSuffix=core.windows.net;DefaultEndpointsProtocol=https");
    StoreException failure = Failures.of(() -> Opened.store(environment, RawAzure.URL, Map.of()));
    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    assertThat(failure).hasMessageContaining("another account");
  }

  @Test
  void theKindOfCredentialsIsLoggedWithoutTheSecret() throws Exception {
    Map<String, String> environment =
        Map.of(Credentials.SAS_TOKEN, SAS, Credentials.KEY, SECRET, "OTHER", "x");
    try (LogLines log = new LogLines()) {
      Opened.store(environment, RawAzure.URL, Map.of()).close();
      Opened.store(Map.of(), RawAzure.URL, Map.of()).close();
      assertThat(log.lines())
          .containsExactly(
              "INFO AzureStoreProvider: credentials: from AZURE_STORAGE_KEY",
              "INFO AzureStoreProvider: credentials: the default Azure credential (managed"
                  + " identity of this machine, command-line tools)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AZURE_STORAGE_CONNECTION_STRING, from AZURE_STORAGE_CONNECTION_STRING",
    "AZURE_STORAGE_KEY, from AZURE_STORAGE_KEY",
    "AZURE_STORAGE_SAS_TOKEN, from AZURE_STORAGE_SAS_TOKEN",
    "AZURE_CLIENT_SECRET, 'client secret or certificate of the environment, client c-1'",
    "AZURE_FEDERATED_TOKEN_FILE, 'workload identity, client c-1'",
    "IDENTITY_ENDPOINT, 'managed identity, client c-1'",
  })
  void theDoctorNamesTheSourceAndNoSecret(String variable, String shown) {
    assertThat(
            Credentials.of(Map.of(variable, SECRET, "AZURE_CLIENT_ID", "c-1")).source())
        .isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "AZURE_STORAGE_CONNECTION_STRING, hunter2",
    "AZURE_STORAGE_CONNECTION_STRING, 'AccountName=account;AccountKey=*hunter2*'",
    "AZURE_STORAGE_KEY, '*hunter2*'",
    "AZURE_STORAGE_SAS_TOKEN, hunter2",
  })
  void aWrongVariableIsNamedWithoutItsValue(String variable, String value) {
    StoreException failure = Failures.of(
        () -> Opened.store(Map.of(variable, value), RawAzure.URL, Map.of()).close());
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining(variable);
    assertThat(Throwables.getStackTrace(failure)).doesNotContain("hunter2");
  }

  @Test
  void missingCredentialsAreReportedWithWhereTheyAreLookedFor() {
    StoreException failure = AzureFailures.translated(
        Operation.PUT, "a", new CredentialUnavailableException("nothing found"));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining("AZURE_STORAGE_SAS_TOKEN").hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({"429, UNAVAILABLE", "503, UNAVAILABLE", "400, ACCESS_DENIED"})
  void aBusyTokenServiceIsUnavailable(int status, Kind kind) {
    MsalServiceException answer = new MsalServiceException("busy", "error") {
      @Override
      public Integer statusCode() {
        return status;
      }
    };
    // As the SDK wraps what the managed identity's service answers.
    Throwable wrapped = new ClientAuthenticationException(
        "see inner exception", null, new CredentialUnavailableException("failed", answer));
    assertThat(AzureFailures.translated(Operation.PUT, "a", wrapped).kind()).isEqualTo(kind);
  }

  private static StoreException withoutToken(
      Map<String, String> environment, int status, Throwable cause) {
    return AzureFailures.translated(
        Operation.LIST,
        "a",
        new TokenChain.NoTokenException(TokenChain.configured(environment), status, cause));
  }

  private static ClientAuthenticationException failed(String source, Throwable cause) {
    return new ClientAuthenticationException(
        "DefaultAzureCredential authentication failed. ---> " + source
            + " authentication failed. Error Details: m",
        null,
        cause);
  }

  @Test
  void aMissingTokenFileIsNamed() {
    StoreException failure = withoutToken(
        Map.of("AZURE_FEDERATED_TOKEN_FILE", "/var/run/token"),
        0,
        failed("WorkloadIdentityCredential", new NoSuchFileException("/var/run/token")));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure)
        .hasMessageContaining("workload identity: the file /var/run/token does not exist");
  }

  @Test
  void aRefusedSecretIsToldInTheServicesWords() {
    StoreException failure = withoutToken(
        Map.of("AZURE_CLIENT_SECRET", "hunter2"),
        401,
        failed(
            "EnvironmentCredential",
            new IllegalStateException("AADSTS7000215: Invalid client secret provided.")));
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure)
        .hasMessageContaining("client secret or certificate of the environment: AADSTS7000215");
    assertThat(failure.getMessage()).doesNotContain("no credentials were found");
  }

  @ParameterizedTest
  @CsvSource({"503, UNAVAILABLE", "429, UNAVAILABLE", "400, ACCESS_DENIED"})
  void theStatusThatTheSdkLosesDecides(int status, Kind kind) {
    StoreException failure = withoutToken(
        Map.of("IDENTITY_ENDPOINT", "http://localhost/token"),
        status,
        failed("ManagedIdentityCredential", new MsalServiceException("m", "request_failed")));
    assertThat(failure.kind()).isEqualTo(kind);
  }

  @Test
  void aTokenServiceThatCannotBeReachedIsUnavailableWhereItIsConfigured() {
    Throwable cause =
        failed("ManagedIdentityCredential", new ConnectException("Connection refused"));
    StoreException failure =
        withoutToken(Map.of("IDENTITY_ENDPOINT", "http://localhost/token"), 0, cause);
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("managed identity: ");
    // Every machine is asked for an identity; most have none.
    assertThat(withoutToken(Map.of(), 0, cause)).hasMessageContaining("no credentials were found");
    assertThat(withoutToken(Map.of(), 0, cause).kind()).isEqualTo(Kind.ACCESS_DENIED);
  }

  /** The SDK's own chain; every request of it goes to a server that is busy. */
  @Test
  void aBusyTokenServiceOfTheChainIsUnavailable() throws Exception {
    try (RawServer server = new RawServer(line -> Answer.of(503, "", "{}"))) {
      Map<String, String> environment = Map.of(
          "AZURE_CLIENT_ID", "client",
          "AZURE_CLIENT_SECRET", "not-a-secret",
          "AZURE_TENANT_ID", "11111111-1111-1111-1111-111111111111");
      HttpClient transport = new NettyAsyncHttpClientBuilder().build();
      TokenChain chain = new TokenChain(
          new DefaultAzureCredentialBuilder()
              .httpClient(request -> transport.send(request.setUrl(server.uri().toString())))
              .configuration(new ConfigurationBuilder(
                      prefix -> Map.of(), prefix -> Map.of(), prefix -> environment)
                  .build()),
          environment);
      RuntimeException failure = catchThrowableOfType(
          RuntimeException.class,
          () -> chain
              .getToken(new TokenRequestContext().addScopes("https://storage.azure.com/.default"))
              .block());
      StoreException translated = AzureFailures.translated(Operation.LIST, "a", failure);
      assertThat(server.requests()).isNotEmpty();
      assertThat(translated.kind()).as("%s", translated).isEqualTo(Kind.UNAVAILABLE);
      assertThat(translated).hasMessageContaining("HTTP 503");
    }
  }
}
