package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Comparison;
import io.coldstream.cli.demo.Sample;
import io.coldstream.core.copy.CopyParts;
import io.coldstream.core.copy.CopyRequest;
import io.coldstream.core.copy.CopyRun;
import io.coldstream.core.copy.Selection;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.support.work.Workers;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three days of a real database, copied from store to store by typed commands. */
class CopyBetweenStoresTest {

  private static final String[] DAYS = {"day1", "day2", "day3"};

  @TempDir
  private Path home;

  private Fixture series;
  private String first;

  @BeforeEach
  void backUp() {
    series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
    first = home.resolve("first").toUri().toString();
    for (String day : DAYS) {
      done("backup", "--db", series.database(day), "--repo", first);
    }
  }

  private Ran done(Object... words) {
    Ran ran = new Shell(home).run(words);
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }

  @Test
  void aRepositoryGoesRoundAllStoresAndComesBackAsItWas() throws IOException {
    List<String> way = new ArrayList<>(List.of(first));
    Map<String, String> places = Repositories.onEveryStore(home.resolve("places"));
    for (String scheme : List.of("s3", "az", "gs")) {
      if (places.containsKey(scheme)) {
        way.add(places.get(scheme));
      }
    }
    String last = home.resolve("last").toUri().toString();
    way.add(last);
    for (int i = 1; i < way.size(); i++) {
      JsonNode result = done(
              "copy", "--all", "--json", "--repo", way.get(i - 1), "--to", way.get(i))
          .json()
          .get("result");
      assertThat(result.get("newRepository").asBoolean()).isTrue();
      assertThat(result.get("backups")).hasSize(3);
      assertThat(result.at("/backups/0/outcome").asText()).isEqualTo("copied");
      assertThat(result.get("sentObjects").asInt()).isGreaterThan(20);
      assertThat(done("verify", "--data", "--repo", way.get(i)).out()).contains("has no faults");
      Ran again = done("copy", "--all", "--repo", way.get(i - 1), "--to", way.get(i));
      assertThat(again.out())
          .contains("0 backups of ", "there before   backups 3, 2, 1", "sent           0 objects");
    }

    assertThat(files(home.resolve("last"))).isEqualTo(files(home.resolve("first")));
    for (int i = 0; i < DAYS.length; i++) {
      Path target = home.resolve("restored-" + DAYS[i]);
      done("restore", "--to", target, "--backup", i + 1, "--repo", last);
      Comparison compared =
          Comparison.of(series.database(DAYS[i]), target, Sample.CHUNK_SIZE_BYTES);
      assertThat(compared.differences()).isEmpty();
      assertThat(compared.files()).isGreaterThan(10);
    }
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        found.put(
            folder.relativize(file).toString(),
            Sha256.of(Files.readAllBytes(file)).hex());
      }
    }
    // What a verification found at a place is not copied.
    found.keySet().removeIf(name -> name.startsWith("verifications/"));
    return found;
  }

  @Test
  void aCopyBetweenTwoCloudsThatIsCutOffTenTimesIsIdentical() throws Exception {
    Map<String, String> places = Repositories.onEveryStore(home.resolve("places"));
    String from = places.get("s3");
    String to = places.getOrDefault("az", places.get("gs"));
    done("copy", "--all", "--repo", first, "--to", from);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (int cut = 1; cut <= 10; cut++) {
        try (ObjectStore source = Opened.store(from, Map.of());
            ObjectStore target = Opened.store(to, Map.of())) {
          // Each run gets a little further than the one before it.
          FaultyStore dying = new FaultyStore(target, Fault.atCall(14).halfway().crash());
          Throwable end = catchThrowable(() -> copy(source, dying, pool));
          assertThat(dying.happened()).as("cut %d: %s", cut, end).isTrue();
        }
      }
    } finally {
      pool.shutdownNow();
    }
    Ran whole = done("copy", "--all", "--repo", from, "--to", to);
    assertThat(whole.out()).contains("copied ");

    assertThat(contents(to)).isEqualTo(contents(from)).hasSizeGreaterThan(40);
    assertThat(done("verify", "--data", "--repo", to).out()).contains("has no faults");
    Path target = home.resolve("restored");
    done("restore", "--to", target, "--repo", to);
    assertThat(Comparison.of(series.database("day3"), target, Sample.CHUNK_SIZE_BYTES)
            .differences())
        .isEmpty();
  }

  private static void copy(ObjectStore source, ObjectStore target, ExecutorService pool)
      throws Exception {
    CopyRun.run(
        CopyRequest.of(Selection.ALL),
        new CopyParts(
            new RepositoryLocation(source, "from").open(),
            new RepositoryLocation(target, "to"),
            new Workers(pool, 4),
            event -> {},
            Clock.systemUTC()));
  }

  /** The digest of every object. */
  private static Map<String, String> contents(String url) throws Exception {
    Map<String, String> found = new TreeMap<>();
    try (ObjectStore store = Opened.store(url, Map.of())) {
      for (String name : Listed.names(url)) {
        try (ObjectContent content =
            store.read(new ObjectName(name), ByteRange.WHOLE, Optional.empty())) {
          found.put(name, Sha256.of(content.stream().readAllBytes()).hex());
        }
      }
    }
    return found;
  }
}
