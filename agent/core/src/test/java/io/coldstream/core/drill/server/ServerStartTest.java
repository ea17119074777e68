package io.coldstream.core.drill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.node.NodeCredentials;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.server.NodeEmulator;
import io.coldstream.store.testkit.http.OwnAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a server is ready, by answers that were recorded of real servers. */
class ServerStartTest {

  private static final ServerLimits LIMITS =
      new ServerLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(30));

  @TempDir
  private Path folder;

  private RunningServer start(int port, String line) throws Exception {
    return start(port, line, ServerAccess.PLAIN);
  }

  private RunningServer start(int port, String line, ServerAccess access) throws Exception {
    Path here = folder.resolve("db");
    ServerStart start = new ServerStart(
        new ServerSetup(CommandLineServer.parse(line), LIMITS, access),
        new ServerEnvironment(System.getenv()),
        () -> port,
        false,
        lines -> {});
    return start.run(new ServerPlaces(here, here, here, here, 0, 0, 1, "id"), folder);
  }

  @ParameterizedTest
  @CsvSource({
    "eventstoredb-23.10, 23.10.8.0",
    "eventstoredb-24.10, 24.10.14",
    "kurrentdb-26.1, 26.1.0-prerelease"
  })
  void theRecordedInformationOfALeaderIsUnderstood(String server, String version) throws Exception {
    try (NodeEmulator node = NodeEmulator.start(server)) {
      assertReady(URI.create(node.url()).getPort(), version);
    }
  }

  @Test
  void aServerWithTlsIsAskedWithItsAuthorityAndTheCertificateOfAClient() throws Exception {
    OwnAuthority own = OwnAuthority.get();
    NodeCredentials credentials = NodeCredentials.of(Map.of(
        NodeCredentials.CA, own.certificates().toString(),
        NodeCredentials.CERTIFICATE, own.certificates().toString(),
        NodeCredentials.KEY, own.key().toString()));
    try (NodeEmulator node = NodeEmulator.start("kurrentdb-26.1", own.context(), true)) {
      int port = URI.create(node.url()).getPort();
      ServerAccess access = new ServerAccess(true, credentials);
      try (RunningServer running = start(port, "sh -c 'exec sleep 600' {db} {port}", access)) {
        assertThat(running.version()).contains("26.1.0-prerelease");
      }
    }
  }

  private void assertReady(int port, String version) throws Exception {
    try (RunningServer running = start(port, "sh -c 'exec sleep 600' {db} {port}")) {
      assertThat(running.version()).contains(version);
      assertThat(running.starts()).isEqualTo(1);
      assertThat(running.stop(LIMITS.stop())).isTrue();
    }
  }

  @Test
  void aProgramThatDisappearedIsAUsageError() {
    assertThatThrownBy(() -> start(1, "/no/such {db} {port}"))
        .isInstanceOf(RunException.class)
        .hasMessage("the server cannot be started: there is no program /no/such")
        .extracting(e -> ((RunException) e).kind())
        .isEqualTo(Kind.USAGE);
  }
}
