package io.coldstream.store.gcs;

import static io.coldstream.store.gcs.OnServer.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.SweepResult;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.testkit.RandomSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unfinished uploads of names that some layer might read in its own way. */
class GcsOddNamesTest {

  /** Six parts and five bytes: seven requests. */
  private static final RandomSource SOURCE = new RandomSource(1, 6L * PART_BYTES + 5);

  private final GcsServer server = OnServer.server();
  private final List<String> resumed = new ArrayList<>();

  @TempDir
  private Path sessions;

  @AfterEach
  void end() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chunks/with space",
        "chunks/plus+plus",
        "chunks/a%2Fb",
        "chunks/%252F",
        "chunks/100%",
        "chunks/question?upload_id=1&name=b#c",
        "chunks/\u00E9 e\u0301 \u4E2D\u6587 \uD83D\uDE00",
      })
  void anotherProcessResumesAnUploadOfAnOddName(String name) throws Exception {
    breakOff(name);
    try (ObjectStore store = store()) {
      put(store, name);
      Puts.assertHoldsOnly(store, name, SOURCE);
    }
    assertThat(resumed).containsExactly("2 of 7");
    assertThat(server.log().count("POST", "/upload/")).as("sessions begun").isEqualTo(1);
    assertThat(server.openSessions()).isZero();
  }

  @Test
  void namesThatDecodeAlikeHaveUploadsOfTheirOwn() throws Exception {
    List<String> alike = List.of("a b", "a+b", "a%20b", "a%2Bb", "a%252Bb");
    for (String name : alike) {
      breakOff(name);
    }
    assertThat(server.openSessions()).isEqualTo(alike.size());
    try (ObjectStore store = store()) {
      for (String name : alike) {
        put(store, name);
      }
      assertThat(Puts.names(store)).containsExactlyInAnyOrderElementsOf(alike);
    }
    assertThat(resumed).hasSize(alike.size()).containsOnly("2 of 7");
  }

  @Test
  void aSweepFindsUploadsOfOddNames() throws Exception {
    breakOff("a%2Fb/c d");
    breakOff("a/b/c d");
    try (ObjectStore store = store()) {
      assertThat(store.sweep(new ObjectPrefix("a%2Fb/"), Duration.ofMinutes(-1)))
          .isEqualTo(new SweepResult(1, 1));
      put(store, "a%2Fb/c d");
      put(store, "a/b/c d");
    }
    assertThat(resumed).as("the one that was not swept").containsExactly("2 of 7");
  }

  /** Leaves an upload of which the store has two parts. */
  private void breakOff(String name) throws StoreException {
    server.faults().clear();
    server.faults().add(When.request("PUT", "/upload/").from(3), Faults.drop());
    try (ObjectStore store = store()) {
      assertThat(Failures.of(() -> put(store, name)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  private void put(ObjectStore store, String name) throws StoreException {
    Puts.put(store, name, SOURCE, (there, parts) -> resumed.add(there + " of " + parts));
  }

  private ObjectStore store() throws StoreException {
    return OnServer.store(server, Optional.of(sessions), Clock.systemUTC());
  }
}
