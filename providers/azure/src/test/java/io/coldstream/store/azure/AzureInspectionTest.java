package io.coldstream.store.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreFact;
import io.coldstream.store.spi.StoreFact.Severity;
import io.coldstream.store.spi.StoreFact.Topic;
import io.coldstream.store.spi.StoreReport;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.RawServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a container reports about itself, and what happens when it does not. */
@Timeout(120)
class AzureInspectionTest {

  private static final String SECRET = "bm90LWEtc2VjcmV0";
  private static final String DATE = "Date: Tue, 14 Jan 2020 10:00:00 GMT\r\n";
  private static final String CONTAINER = "ETag: \"0x1\"\r\n"
      + "Last-Modified: Tue, 14 Jan 2020 10:00:00 GMT\r\n"
      + "x-ms-lease-status: unlocked\r\nx-ms-lease-state: available\r\n";

  private final AzureStoreProvider provider =
      new AzureStoreProvider(Map.of("AZURE_STORAGE_KEY", SECRET));

  private StoreReport report(Function<String, Answer> answers, String... more) throws Exception {
    try (RawServer server = new RawServer(answers)) {
      Map<String, String> all = new HashMap<>(Map.of("endpoint", server.uri() + "/account"));
      for (int i = 0; i < more.length; i += 2) {
        all.put(more[i], more[i + 1]);
      }
      return provider.inspect(
          StoreUrl.parse("az://account/container/p"),
          StoreSettings.of(all, provider.settingNames()));
    }
  }

  private static Function<String, Answer> answers(Answer listing, Answer container) {
    return line -> line.contains("comp=list") ? listing : container;
  }

  private static Answer listing(String headers) {
    return Answer.of(
        200,
        "Content-Type: application/xml\r\n" + headers,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"http://x/\""
            + " ContainerName=\"container\"><Blobs/><NextMarker/></EnumerationResults>");
  }

  private static Answer error(int status, String code) {
    return Answer.of(
        status,
        "x-ms-error-code: " + code + "\r\nContent-Type: application/xml\r\n",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code
            + "</Code><Message>m</Message></Error>");
  }

  private static StoreFact fact(StoreReport report, Topic topic) {
    return report.about(topic).orElseThrow();
  }

  @Test
  void theConfigurationOfAContainerIsReported() throws Exception {
    String headers = CONTAINER
        + "x-ms-has-immutability-policy: true\r\nx-ms-has-legal-hold: false\r\n"
        + "x-ms-immutable-storage-with-versioning-enabled: true\r\n"
        + "x-ms-default-encryption-scope: scope-1\r\n";
    StoreReport report = report(answers(listing(DATE), Answer.of(200, headers, "")));

    assertThat(report.clockAhead().orElseThrow()).isLessThan(Duration.ofDays(-365));
    assertThat(report.permissionFirst()).isTrue();
    assertThat(fact(report, Topic.IDENTITY).what()).isEqualTo("from AZURE_STORAGE_KEY");
    assertThat(fact(report, Topic.VERSIONING).what()).isEqualTo("on");
    assertThat(fact(report, Topic.RETENTION).what())
        .isEqualTo("on: an immutability policy; nothing can be removed before");
    assertThat(fact(report, Topic.ENCRYPTION).what()).isEqualTo("scope scope-1");
    assertThat(report.toString()).doesNotContain(SECRET);
  }

  @Test
  void anUnknownFactIsNotAFailure() throws Exception {
    Answer denied = error(403, "AuthorizationPermissionMismatch");
    StoreReport report = report(answers(denied, denied), "encryption-scope", "scope-2");

    assertThat(report.clockAhead()).isEmpty();
    assertThat(fact(report, Topic.VERSIONING).severity()).isEqualTo(Severity.UNKNOWN);
    assertThat(fact(report, Topic.RETENTION).what()).contains("containers/read, not needed");
    assertThat(fact(report, Topic.ENCRYPTION).what()).contains("encryption-scope");
  }

  @Test
  void whatTheStoreDoesNotTellIsLoggedWithItsReason() throws Exception {
    Answer denied = error(403, "AuthorizationPermissionMismatch");
    try (LogLines log = new LogLines()) {
      report(answers(denied, denied));
      assertThat(log.lines())
          .hasSize(2)
          .allMatch(line -> line.contains("AuthorizationPermissionMismatch"));
      assertThat(log.lines().get(0))
          .startsWith("DEBUG AzureInspection: the store's clock is unknown");
      assertThat(log.lines().get(1))
          .startsWith("DEBUG AzureInspection: the container's properties are unknown");
    }
  }

  @Test
  void unknownVersioningIsNotAFailure() throws Exception {
    StoreReport report = report(answers(listing(DATE), Answer.of(200, CONTAINER, "")));

    assertThat(fact(report, Topic.VERSIONING).severity()).isEqualTo(Severity.UNKNOWN);
    assertThat(fact(report, Topic.RETENTION).what()).as("it has answered").isEqualTo("off");
  }

  @Test
  void aContainerThatIsNotThereIsRejected() {
    Answer missing = error(404, "ContainerNotFound");
    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> report(answers(missing, missing)));

    assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void everyPermissionHasAName(Permission need) {
    assertThat(provider.permission(need)).isNotBlank();
    assertThat(provider.permission(Permission.DELETE)).contains("blobs/delete", "d");
  }
}
