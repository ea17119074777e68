package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotating samples, shards and stored results, on each kind of store. */
class VerifyOnEveryStoreTest {

  @TempDir
  private Path home;

  @Test
  void samplesAndShardsStoreTheirResults() throws Exception {
    Path node = home.resolve("node");
    Sample.unpack(Sample.Day.MONDAY, node);
    Map<String, String> places = Repositories.onEveryStore(home);
    assertThat(places).containsKeys("file", "s3", "gs");
    for (Map.Entry<String, String> place : places.entrySet()) {
      Shell shell = new Shell(home).set("COLDSTREAM_REPO", place.getValue());
      done(shell, "backup", "--db", node);
      done(shell, "verify", "--sample", "50%");
      done(shell, "verify", "--sample", "1GiB");
      assertThat(done(shell, "list").out()).contains("every byte was read since ");
      done(shell, "verify", "--data", "--shard", "1/2", "--run", "r1");
      Ran last = done(shell, "verify", "--data", "--shard", "2/2", "--run", "r1", "--json");
      assertThat(last.json().at("/result/stored").asInt()).isEqualTo(3);
      assertThat(last.json().at("/result/objects"))
          .isEqualTo(last.json().at("/result/readObjects"));
      assertThat(done(shell, "show").out()).contains(", data, less than a minute ago");
      // What verifications store is none of a backup's objects.
      Ran backup = done(shell, "backup", "--db", node, "--json", "--recheck");
      assertThat(backup.json().get("warnings")).isEmpty();
      List<String> names = Listed.names(place.getValue());
      assertThat(names)
          .contains(
              "verifications/results/000000000003.json",
              "verifications/parts/r1/plan.json",
              "verifications/parts/r1/000002.json");
    }
  }

  private static Ran done(Shell shell, Object... words) {
    Ran ran = shell.run(words);
    assertThat(ran.exit()).as(ran.everything()).isZero();
    return ran;
  }
}
