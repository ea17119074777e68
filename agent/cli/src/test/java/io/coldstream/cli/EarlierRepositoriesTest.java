package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.demo.Comparison;
import io.coldstream.cli.demo.Sample;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.testkit.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repositories that an earlier version wrote, one from each kind of store: its objects, by their
 * names. It holds the first two days of the series.
 */
class EarlierRepositoriesTest {

  @TempDir
  private Path home;

  private Fixture series;

  @BeforeEach
  void unpack() {
    series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
  }

  @Test
  void areVerifiedRestoredAndContinued() throws IOException {
    Map<String, String> places = Repositories.onEveryStore(home);
    assertThat(places).containsKeys("file", "s3", "gs");
    for (Map.Entry<String, String> place : places.entrySet()) {
      load("/repositories/format-1-" + place.getKey() + ".zip", place.getValue());
      Shell shell = new Shell(home).set("COLDSTREAM_REPO", place.getValue());
      succeeds(shell.run("verify", "--data"));
      succeeds(shell.run("restore", "--to", home.resolve(place.getKey() + "-1"), "--backup", 1));
      assertSame("day1", home.resolve(place.getKey() + "-1"));
      succeeds(shell.run("restore", "--to", home.resolve(place.getKey() + "-2")));
      assertSame("day2", home.resolve(place.getKey() + "-2"));

      Shell.Ran backup = shell.run("backup", "--json", "--db", series.database("day3"));
      succeeds(backup);
      assertThat(backup.json().at("/result/backup/sequence").asInt()).isEqualTo(3);
      assertThat(backup.json().at("/result/newRepository").asBoolean()).isFalse();
      succeeds(shell.run("verify", "--data"));
    }
  }

  private static void load(String resource, String url) throws IOException {
    try (ObjectStore store = Opened.store(url, Map.of());
        InputStream file = EarlierRepositoriesTest.class.getResourceAsStream(resource);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        store.put(new PutRequest(
            new ObjectName(entry.getName()), Content.of(zip.readAllBytes()), Placement.STANDARD));
      }
    }
  }

  private static void succeeds(Shell.Ran ran) {
    assertThat(ran.exit()).as(ran.everything()).isZero();
  }

  private void assertSame(String day, Path restored) throws IOException {
    assertThat(Comparison.of(series.database(day), restored, Sample.CHUNK_SIZE_BYTES)
            .differences())
        .isEmpty();
  }
}
