package io.coldstream.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.ObjectName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand random alterations, in every kind of object, are each named when everything is read.
 * Progress notes are not tried: no backup needs them.
 */
class AlterationsTest {

  private static final int ALTERATIONS = 1000;
  private static final long SEED = Long.getLong("alterations.seed", 20261130L);

  @TempDir
  Path folder;

  private final Random random = new Random(SEED);
  private TestRepository repository;
  private SortedMap<ObjectName, byte[]> good;

  /** Three backups, one object that was sent again, and a stored result. */
  private void prepare() throws Exception {
    WriterModel model =
        new WriterModel(WriterModel.Settings.of(Profile.V24_10, 5).steady());
    repository = TestRepository.of(day(model, 1, 250));
    repository.backUp(day(model, 2, 60));
    Path last = day(model, 3, 7);
    ObjectName chunk = repository.find("chunks/");
    byte[] bytes = repository.store().contents().get(chunk).clone();
    repository.flipBit(chunk);
    repository.backUpAgain(last, chunk);
    repository.store().replace(chunk, bytes);
    new TestVerify().run(repository.open(), VerifyOptions.data()).requireGood();
    good = new TreeMap<>(repository.store().contents());
  }

  private Path day(WriterModel model, int number, int steps) throws IOException {
    model.run(steps);
    Path day = folder.resolve("day" + number);
    model.snapshot().writeTo(day);
    return day;
  }

  @Test
  void eachIsNamed() throws Exception {
    prepare();
    Map<String, List<ObjectName>> kinds = new TreeMap<>();
    good.keySet()
        .forEach(
            name -> kinds.computeIfAbsent(kind(name), k -> new ArrayList<>()).add(name));
    kinds.remove("progress");
    assertThat(kinds)
        .containsOnlyKeys(
            "RESTORE.sh",
            "RESTORE.txt",
            "active",
            "checkpoints",
            "chunks",
            "coldstream.json",
            "direct",
            "index map",
            "index table",
            "bloom filter",
            "manifests",
            "pages",
            "verifications");
    List<String> names = List.copyOf(kinds.keySet());
    Map<String, Integer> done = new HashMap<>();
    for (int i = 0; i < ALTERATIONS; i++) {
      String kind = names.get(i % names.size());
      List<ObjectName> altered = alter(kinds.get(kind));
      String said = verify();
      for (ObjectName name : altered) {
        assertThat(said)
            .as("seed %d, alteration %d of %s", SEED, i, altered)
            .contains(name.value());
      }
      done.merge(kind, 1, Integer::sum);
      undo();
    }
    assertThat(done.values()).allMatch(count -> count >= ALTERATIONS / names.size());
    assertThat(verify()).isEmpty();
  }

  private static String kind(ObjectName name) {
    if (name.value().contains("/direct/")) {
      return "direct";
    }
    if (name.value().startsWith("index/")) {
      return name.value().contains("indexmap")
          ? "index map"
          : name.value().contains("bloomfilter") ? "bloom filter" : "index table";
    }
    return name.value().replaceFirst("/.*", "");
  }

  /** Flips a bit, cuts the end off, or swaps two objects of one kind; gives the altered objects. */
  private List<ObjectName> alter(List<ObjectName> kind) {
    ObjectName name = kind.get(random.nextInt(kind.size()));
    ObjectName other = kind.get(random.nextInt(kind.size()));
    byte[] bytes = good.get(name).clone();
    switch (random.nextInt(3)) {
      case 0 -> {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        repository.store().replace(name, bytes);
      }
      case 1 ->
        repository.store().replace(name, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      default -> {
        if (Arrays.equals(bytes, good.get(other))) {
          return alter(kind);
        }
        repository.store().replace(name, good.get(other));
        repository.store().replace(other, bytes);
        return List.of(name, other);
      }
    }
    return List.of(name);
  }

  /** Everything that a run says. */
  private String verify() {
    try {
      VerifyReport report = new TestVerify().run(repository.open(), VerifyOptions.data());
      StringBuilder said = new StringBuilder();
      report.findings().forEach(f -> said.append(f.fault()).append('\n'));
      report.notes().forEach(n -> said.append(n).append('\n'));
      return said.toString();
    } catch (RunException e) {
      return e.getMessage();
    }
  }

  private void undo() throws IOException {
    List<ObjectName> more = new ArrayList<>(repository.store().names());
    more.removeAll(good.keySet());
    repository.store().delete(more);
    SortedMap<ObjectName, byte[]> now = repository.store().contents();
    good.forEach((name, bytes) -> {
      if (now.get(name) != bytes) {
        repository.store().replace(name, bytes);
      }
    });
  }
}
