package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.CredentialUnavailableException;
import com.microsoft.aad.msal4j.MsalServiceException;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.testkit.LogLines;
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
              "INFO AzureStoreProvider: credentials: by the variable AZURE_STORAGE_KEY",
              "INFO AzureStoreProvider: credentials: whatever the default Azure credential finds"
                  + " (environment, workload identity, managed identity, command-line tools)");
    }
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
}
