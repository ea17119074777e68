package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.cloud.UploadId;
import io.coldstream.store.spi.StoreSettings;
import io.coldstream.store.spi.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which session a sweep opens after it has listed them. */
class SessionsTest {

  private static final ObjectName NAME = new ObjectName("chunks/a");

  @TempDir
  private Path folder;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private Sessions sessions(boolean kept) throws StoreException {
    GcsSettings settings = GcsSettings.of(
        StoreUrl.parse("gs://bucket/p"), StoreSettings.of(Map.of(), GcsSettings.NAMES));
    InstantSource clock = () -> now;
    return new Sessions(
        settings, kept ? Optional.of(folder) : Optional.empty(), clock.withZone(ZoneOffset.UTC));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aListedSessionCanBeOpenedUntilItIsForgotten(boolean kept) throws Exception {
    Sessions sessions = sessions(kept);
    sessions.begin(NAME, 5, "https://first").close();
    UploadId listed = sessions.kept().get(0).id();
    assertThat(listed.key()).isEqualTo("p/chunks/a");
    try (UploadSession session = sessions.open(listed).orElseThrow()) {
      assertThat(session.address()).isEqualTo("https://first");
      assertThat(sessions.kept()).as("it is open").isEmpty();
    }
    try (UploadSession session = sessions.open(listed).orElseThrow()) {
      session.forget();
    }
    assertThat(sessions.kept()).isEmpty();
    assertThat(sessions.open(listed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSessionBegunAfterTheListingIsNotTheListedOne(boolean kept) throws Exception {
    Sessions sessions = sessions(kept);
    sessions.begin(NAME, 5, "https://first").close();
    UploadId listed = sessions.kept().get(0).id();
    UploadSession first = sessions.open(listed).orElseThrow();
    first.forget();
    first.close();

    now = now.plus(Duration.ofDays(8));
    sessions.begin(NAME, 5, "https://second").close();
    assertThat(sessions.open(listed)).isEmpty();
    try (UploadSession second = sessions.open(sessions.kept().get(0).id()).orElseThrow()) {
      assertThat(second.address()).isEqualTo("https://second");
    }
  }
}
