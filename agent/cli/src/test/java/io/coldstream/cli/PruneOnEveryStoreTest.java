package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Comparison;
import io.coldstream.cli.demo.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old backups are removed from each kind of store, by its clock, and what is left works. */
class PruneOnEveryStoreTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String[] RULES = {
    "prune", "--keep-last", "1", "--prune-grace", "1s", "--confirm", "--json"
  };

  @TempDir
  private Path home;

  @Test
  void whatNoRuleKeepsIsRemoved() throws Exception {
    Path monday = home.resolve("monday");
    Path tuesday = home.resolve("tuesday");
    Sample.unpack(Sample.Day.MONDAY, monday);
    Sample.unpack(Sample.Day.TUESDAY, tuesday);
    Map<String, String> places = Repositories.onEveryStore(home);
    assertThat(places).containsKeys("file", "s3", "gs");
    for (Map.Entry<String, String> place : places.entrySet()) {
      Shell shell = new Shell(home).set("COLDSTREAM_REPO", place.getValue());
      done(shell, "backup", "--db", monday, "--without-index", "--label", "a, b*'ü");
      done(shell, "backup", "--db", monday);
      done(shell, "backup", "--db", tuesday);
      done(shell, "keep", "1", "--reason", "audit");
      // Whole seconds are what some stores tell: a backup is older than one second soon.
      long freed = until(shell, 2);
      assertThat(freed).as(place.getKey()).isPositive();
      assertThat(done(shell, "list").out()).contains("by a mark").contains("2 backups");
      done(shell, "unkeep", "1");
      until(shell, 1);
      done(shell, "verify", "--data");
      done(shell, "backup", "--db", tuesday);
      Path target = home.resolve("restored-" + place.getKey());
      done(shell, "restore", "--to", target);
      assertThat(Comparison.of(tuesday, target, Sample.CHUNK_SIZE_BYTES).differences())
          .isEmpty();
    }
  }

  /** Prunes until so many backups are left and what was condemned is gone; returns what was freed. */
  private static long until(Shell shell, int left) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long freed = 0;
    while (true) {
      JsonNode result = done(shell, (Object[]) RULES).json().get("result");
      freed += result.at("/done/deleted/objects").asLong();
      boolean settled = result.at("/plan/waiting/objects").asLong() == 0
          && result.at("/plan/condemned/objects").asLong() == 0
          && result.at("/plan/young/objects").asLong() == 0
          && result.get("backups").size() == left;
      if (settled) {
        return freed;
      }
      assertThat(System.nanoTime()).as(result.toPrettyString()).isLessThan(end);
    }
  }

  private static Ran done(Shell shell, Object... words) {
    Ran ran = shell.run(words);
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }
}
