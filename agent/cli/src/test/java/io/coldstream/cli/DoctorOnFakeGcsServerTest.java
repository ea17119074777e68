package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.store.gcs.emulator.GcsBuckets;
import io.coldstream.store.testkit.emulator.FakeGcsServer;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor's command on a server that finishes whatever upload it is asked about. */
@NeedsEmulator("fake-gcs-server")
class DoctorOnFakeGcsServerTest {

  @TempDir
  private Path home;

  @Test
  void thatNothingIsGoneOnWithIsTold() throws Exception {
    URI server = FakeGcsServer.running().endpoint();
    GcsBuckets.create(server, "doctored");
    String url = "gs://doctored/orders?anonymous=true&endpoint=" + server;
    Ran ran = new Shell(home).run("doctor", "--repo", url);

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(9);
    assertThat(ran.out())
        .containsPattern("create only, 8 at once +ok +exactly one won, in each of 8 rounds")
        .containsPattern("create in parts +ok")
        .containsPattern("resume a broken put +FAILED +put .* the name is taken by another")
        .containsPattern("left behind +ok +nothing")
        .contains("is NOT fit", ", 1 failed");
  }
}
