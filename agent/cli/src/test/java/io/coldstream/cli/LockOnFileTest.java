package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory cannot lock. */
class LockOnFileTest {

  @TempDir
  private Path home;

  @Test
  void aLockOnADirectoryIsAUsageError() throws Exception {
    Path node = home.resolve("node");
    Sample.unpack(Sample.Day.MONDAY, node);
    Path repository = home.resolve("repository");
    Shell shell = new Shell(home).set("COLDSTREAM_REPO", repository.toUri() + "?lock=30d");
    for (Object[] words :
        new Object[][] {{"backup", "--db", node}, {"lock"}, {"doctor"}, {"list"}}) {
      Ran ran = shell.run(words);
      assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
      assertThat(ran.everything().replaceAll("\\s+", " "))
          .contains("setting \"lock\" cannot be used with file:");
    }
    assertThat(repository).doesNotExist();
  }

  @Test
  void theSettingsOfTheFileAreCheckedTogether() throws Exception {
    Path file = home.resolve("coldstream.yaml");
    Files.writeString(
        file,
        "repo: s3://bucket/orders\nstore:\n  lock: 30d\n  lock-margin: 40d\n  region: eu-west-1\n");
    Ran ran = new Shell(home).run("config", "show", "--config", file);
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\\s+", " "))
        .contains("setting \"lock-margin\" must be a duration such as 10d, shorter than");
    Files.writeString(file, "repo: s3://bucket/orders\nstore:\n  lock: 30d\n  lock-margin: 5d\n");
    assertThat(new Shell(home).run("config", "show", "--config", file).exit()).isZero();
  }
}
