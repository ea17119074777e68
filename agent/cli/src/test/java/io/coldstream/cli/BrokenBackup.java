package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.Break;
import io.coldstream.store.testkit.http.BreakingProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that broke off within an object tells no secret, keeps none, and the next one goes on. */
abstract class BrokenBackup {

  /** Eighteen parts of S3's smallest: when the sixteenth is refused others have arrived. */
  private static final int CHUNK_SIZE_BYTES = 88 << 20;

  @TempDir
  private Path home;

  /** Where it listens. */
  abstract URI server();

  /** The URL of an empty place, with a query. */
  abstract String newRepository();

  /** What request lines that send a part begin with. */
  abstract String part();

  /** What nobody may read. */
  abstract List<String> secrets();

  @Test
  void tellsNoSecretAndIsGoneOnWith() throws IOException {
    URI server = server();
    String url = newRepository();
    Path node = home.resolve("node");
    SyntheticDatabase.write(node, SyntheticDatabase.Shape.large(1, CHUNK_SIZE_BYTES));
    Path state = home.resolve("state");
    Shell shell = new Shell(home).set("COLDSTREAM_STATE", state.toString());
    Break busy = Break.at(part()).answering(Answer.of(503, "", "")).every(16);
    try (BreakingProxy proxy = new BreakingProxy(server, busy)) {
      String through = url.replace(server.getAuthority(), proxy.uri().getAuthority());
      shell.set("COLDSTREAM_REPO", through + "&attempts=1&part-size=5MiB");
      Ran broken = shell.run("backup", "-v", "--min-free", "0", "--db", node);
      assertThat(broken.exit()).as(broken.everything()).isEqualTo(6);
      assertNoneOf(broken, state);
    }
    shell.set("COLDSTREAM_REPO", url + "&part-size=5MiB");
    Ran done = shell.run("backup", "-v", "--min-free", "0", "--db", node);
    assertThat(done.exit()).as(done.everything()).isZero();
    assertThat(done.everything()).containsPattern("parts? (was|were) uploaded before");
    assertNoneOf(done, state);
  }

  private void assertNoneOf(Ran ran, Path state) throws IOException {
    for (String secret : secrets()) {
      Leaks.assertNone(ran, state, secret);
    }
  }
}
