package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup that broke off keeps: whoever has a session's address can write that object. */
class StateOnGcsTest {

  private static final String SECRET = "upload_id";

  /** Eight parts. */
  private static final int CHUNK_SIZE_BYTES = 2 << 20;

  @TempDir
  private Path home;

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void theAddressOfASessionStandsWhereItMustAndNowhereElse() throws IOException {
    Path node = home.resolve("node");
    SyntheticDatabase.write(node, SyntheticDatabase.Shape.large(2, CHUNK_SIZE_BYTES));
    Path state = home.resolve("state");
    try (GcsServer server = GcsServer.inMemory()) {
      server.createBucket("coldstream");
      Shell shell = new Shell(home)
          .set("COLDSTREAM_STATE", state.toString())
          .set(
              "COLDSTREAM_REPO",
              "gs://coldstream/orders?anonymous=true&attempts=1&part-size=256KiB&endpoint="
                  + server.url());
      server
          .faults()
          .add(When.request("PUT", "/upload/").from(2).always(), Faults.refuse(503, "busy"));

      for (String form : List.of("-v", "--json")) {
        Ran broken = shell.run("backup", form, "--min-free", "0", "--db", node);
        assertThat(broken.exit()).as(broken.everything()).isEqualTo(6);
        assertThat(broken.everything()).doesNotContain(SECRET);
        List<Path> holding = Leaks.holding(state, SECRET);
        assertThat(holding).isNotEmpty();
        for (Path file : holding) {
          assertThat(file.getParent()).isEqualTo(state.resolve("sessions"));
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .isEqualTo("rw-------");
        }
      }

      server.faults().clear();
      Ran done = shell.run("backup", "-v", "--min-free", "0", "--db", node);
      assertThat(done.exit()).as(done.everything()).isZero();
      Leaks.assertNone(done, state, SECRET);
      assertThat(files(state.resolve("sessions"))).isEmpty();
    }
  }
}
