package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.demo.Comparison;
import io.coldstream.cli.demo.Sample;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoredObject;
import io.coldstream.store.testkit.Opened;
import io.coldstream.store.testkit.emulator.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One repository, whatever it stands on: the same database gives the same objects on every store, and
 * what was copied by hand from one to another is used there.
 */
class SameRepositoryTest {

  private static final Pattern RUN = Pattern.compile("checkpoints/([0-9a-z]{26})/");
  private static final Pattern OWN_ID = Pattern.compile("\"id\" ?: ?\"([0-9a-z]{26})\"");
  /** A document's digest of itself, which covers its ids and times. */
  private static final Pattern DIGEST =
      Pattern.compile("\\n  \"sha256\" : \"[0-9a-f]{64}\"\\n}\\n$");

  private static final Pattern TIME =
      Pattern.compile("(\"(?:time|created)\" ?: ?)\"\\d{4}-\\d\\d-\\d\\dT[^\"]*\"");

  @TempDir
  private Path home;

  private Fixture series;

  @BeforeEach
  void unpack() {
    series = Fixture.unpack("series-" + Fixtures.NEWEST, home);
  }

  private Map<String, String> places() {
    return Repositories.onEveryStore(home);
  }

  private void backUp(String url, String... days) {
    Shell shell = new Shell(home).set("COLDSTREAM_REPO", url);
    for (String day : days) {
      Shell.Ran ran = shell.run("backup", "--db", series.database(day));
      assertThat(ran.exit()).as(ran.everything()).isZero();
    }
  }

  @Test
  void everyStoreHoldsTheSameObjects() throws IOException {
    Map<String, Map<String, String>> seen = new TreeMap<>();
    for (Map.Entry<String, String> place : places().entrySet()) {
      backUp(place.getValue(), "day1", "day2", "day3");
      seen.put(place.getKey(), masked(objects(place.getValue())));
    }
    Set<String> all = new TreeSet<>(Set.of("file", "s3", "gs"));
    if (Program.AZURITE.find().isPresent()) {
      all.add("az");
    }
    assertThat(seen.keySet()).as("stores compared").isEqualTo(all);
    Map<String, String> first = seen.values().iterator().next();
    assertThat(first.size()).isGreaterThan(30);
    seen.forEach((store, objects) -> {
      assertThat(objects.keySet()).as(store).isEqualTo(first.keySet());
      objects.forEach((name, text) ->
          assertThat(text.equals(first.get(name))).as("%s on %s", name, store).isTrue());
    });
  }

  @Test
  void aRepositoryCopiedByHandIsUsedWhereItIs() throws IOException {
    List<Map.Entry<String, String>> places = new ArrayList<>(places().entrySet());
    backUp(places.get(0).getValue(), "day1", "day2");
    for (int i = 1; i < places.size(); i++) {
      String from = places.get(i - 1).getValue();
      String to = places.get(i).getValue();
      copy(from, to);
      Shell there = new Shell(home).set("COLDSTREAM_REPO", to);
      Shell.Ran backup = there.run("backup", "--json", "--db", series.database("day2"));
      assertThat(backup.exit()).as(backup.everything()).isZero();
      assertThat(backup.json().at("/result/sentObjects").asInt()).isZero();
      assertThat(backup.json().at("/result/backup/sequence").asInt()).isEqualTo(2 + i);
      Path target = home.resolve("restored-" + i);
      Shell.Ran restore = there.run("restore", "--to", target, "--backup", 1);
      assertThat(restore.exit()).as(restore.everything()).isZero();
      Comparison compared = Comparison.of(series.database("day1"), target, Sample.CHUNK_SIZE_BYTES);
      assertThat(compared.differences()).isEmpty();
    }
  }

  private static Map<ObjectName, byte[]> objects(String url) throws IOException {
    Map<ObjectName, byte[]> objects = new TreeMap<>();
    try (ObjectStore store = Opened.store(url, Map.of())) {
      ListPages.each(store, ObjectPrefix.ALL, ListCursor.START, page -> {
        for (StoredObject object : page.objects()) {
          try (ObjectContent content =
              store.read(object.name(), ByteRange.WHOLE, Optional.empty())) {
            objects.put(object.name(), content.stream().readAllBytes());
          }
        }
        return true;
      });
    }
    return objects;
  }

  private static void copy(String from, String to) throws IOException {
    Map<ObjectName, byte[]> objects = objects(from);
    try (ObjectStore store = Opened.store(to, Map.of())) {
      for (Map.Entry<ObjectName, byte[]> object : objects.entrySet()) {
        store.put(
            new PutRequest(object.getKey(), Content.of(object.getValue()), Placement.STANDARD));
      }
    }
  }

  /** Names and contents without the ids of runs and of the repository, and without times. */
  private static Map<String, String> masked(Map<ObjectName, byte[]> objects) {
    List<String> ids = new ArrayList<>();
    byte[] own = objects.get(new ObjectName("coldstream.json"));
    Matcher id = OWN_ID.matcher(new String(own, StandardCharsets.UTF_8));
    assertThat(id.find()).isTrue();
    ids.add(id.group(1));
    objects.keySet().forEach(name -> {
      Matcher run = RUN.matcher(name.value());
      if (run.find() && !ids.contains(run.group(1))) {
        ids.add(run.group(1));
      }
    });
    // The runs' ids are random: in the order in which the manifests name them.
    List<String> ordered = inOrderOfUse(objects, ids);
    Map<String, String> masked = new TreeMap<>();
    objects.forEach((name, bytes) -> {
      boolean json = name.value().endsWith(".json");
      String text = new String(bytes, json ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
      masked.put(
          without(ordered, name.value()), json ? withoutTimes(without(ordered, text)) : text);
    });
    return masked;
  }

  private static String withoutTimes(String text) {
    Matcher digest = DIGEST.matcher(text);
    assertThat(digest.find()).isTrue();
    return TIME.matcher(digest.replaceFirst("")).replaceAll("$1TIME");
  }

  private static List<String> inOrderOfUse(Map<ObjectName, byte[]> objects, List<String> ids) {
    StringBuilder manifests = new StringBuilder();
    objects.forEach((name, bytes) -> {
      if (name.value().equals("coldstream.json") || name.value().startsWith("manifests/")) {
        manifests.append(new String(bytes, StandardCharsets.UTF_8));
      }
    });
    List<String> ordered = new ArrayList<>(ids);
    ordered.sort(java.util.Comparator.comparingInt(manifests::indexOf));
    return ordered;
  }

  private static String without(List<String> ids, String text) {
    String masked = text;
    for (int i = 0; i < ids.size(); i++) {
      masked = masked.replace(ids.get(i), "ID-" + i);
    }
    return masked;
  }
}
