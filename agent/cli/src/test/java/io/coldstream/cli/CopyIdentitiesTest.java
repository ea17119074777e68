package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import io.coldstream.store.s3.emulator.VersitygwBucket;
import io.coldstream.store.s3.emulator.VersitygwBucket.User;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy between two buckets whose policies allow each identity one of them only. */
@NeedsEmulator("versitygw")
class CopyIdentitiesTest {

  private static final User READER = new User("copy-reader", "readers-secret");
  private static final User WRITER = new User("copy-writer", "writers-other-secret");

  @TempDir
  private Path home;

  private final VersitygwBucket source = new VersitygwBucket();
  private final VersitygwBucket target = new VersitygwBucket();

  @BeforeEach
  void backUp() throws Exception {
    VersitygwUsers.add(READER);
    VersitygwUsers.add(WRITER);
    source.allow(policy -> policy.restorer(READER.accessKey()));
    target.allow(policy -> policy.writer(WRITER.accessKey()));
    Path database = home.resolve("db");
    Sample.unpack(Sample.Day.MONDAY, database);
    Ran ran = run(
        source.root().environment(),
        "backup",
        "--min-free=0",
        "--db=" + database,
        "--repo=" + source.url());
    assertThat(ran.exit()).as(ran.everything()).isZero();
  }

  private Ran run(Map<String, String> environment, String... words) throws Exception {
    Ran ran = Child.start(home, List.of(), environment, List.of(words)).ran();
    Leaks.assertNone(ran, home.resolve("state"), READER.secretKey());
    Leaks.assertNone(ran, home.resolve("state"), WRITER.secretKey());
    return ran;
  }

  private Ran copy(User reader, Map<String, String> ofTarget) throws Exception {
    Map<String, String> environment = new HashMap<>(reader.environment());
    ofTarget.forEach((name, value) -> environment.put("COLDSTREAM_TO_" + name, value));
    return run(
        environment,
        "copy",
        "-v",
        "--state=" + home.resolve("state"),
        "--repo=" + source.url(),
        "--to=" + target.url());
  }

  @Test
  void eachSideIsAskedWithItsOwnIdentity() throws Exception {
    Ran copied = copy(READER, WRITER.environment());

    assertThat(copied.exit()).as(copied.everything()).isZero();
    assertThat(copied.err()).doesNotContain("is unknown");
    Ran verified = run(target.root().environment(), "verify", "--data", "--repo=" + target.url());
    assertThat(verified.exit()).as(verified.everything()).isZero();
  }

  @Test
  void theIdentityOfOneSideIsNoneOfTheOther() throws Exception {
    Ran atTarget = copy(READER, Map.of());
    assertThat(atTarget.exit()).as(atTarget.everything()).isEqualTo(5);
    assertThat(atTarget.err()).contains("the target refused this identity");

    Ran atSource = copy(WRITER, WRITER.environment());
    assertThat(atSource.exit()).as(atSource.everything()).isEqualTo(5);
  }

  @Test
  void halfAnIdentityIsNotCompletedFromTheOther() throws Exception {
    Ran half = copy(READER, Map.of("AWS_ACCESS_KEY_ID", WRITER.accessKey()));

    assertThat(half.exit()).as(half.everything()).isEqualTo(5);
    assertThat(half.err()).contains("AWS_SECRET_ACCESS_KEY is missing");
  }
}
