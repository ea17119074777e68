package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Comparison;
import io.coldstream.cli.demo.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unpacked distribution on a kind of store: to the store and back. */
abstract class DistributionOnStore {

  @TempDir
  private Path home;

  /** The URL of an empty repository. */
  abstract String newRepository(Path folder);

  /** The credentials for it. */
  abstract Map<String, String> environment();

  @Test
  void theDoctorFindsTheStoreFit() throws Exception {
    assertThat(done(newRepository(home), "doctor").out()).contains(" is fit");
  }

  @Test
  void aDatabaseIsBackedUpVerifiedAndRestored() throws Exception {
    Path node = home.resolve("node");
    Path target = home.resolve("restored");
    Sample.unpack(Sample.Day.TUESDAY, node);
    String repo = newRepository(home);

    done(repo, "backup", "--min-free", "0", "--db", node.toString());
    assertThat(done(repo, "list").out().lines()).hasSize(4);
    assertThat(done(repo, "verify", "--data", "--json")
            .json()
            .at("/result/backups")
            .asInt())
        .isEqualTo(1);
    done(repo, "restore", "--to", target.toString());

    Comparison compared = Comparison.of(node, target, Sample.CHUNK_SIZE_BYTES);
    assertThat(compared.differences()).isEmpty();
    assertThat(compared.files()).isEqualTo(18);
  }

  private Ran done(String repo, String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(words));
    line.add("--repo=" + repo);
    Ran ran = Child.launch(Distribution.launcher(), home, environment(), line).ran();
    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.err()).doesNotContain("WARNING", "Exception", "SLF4J");
    return ran;
  }
}
