package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.store.azure.emulator.AzureEmulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor's command on Azurite. */
@NeedsEmulator("azurite")
class DoctorOnAzuriteTest {

  @TempDir
  private Path home;

  private final AzureEmulator server = new AzureEmulator();
  private final String container = server.newContainer();
  private final String url =
      server.url(container, "orders") + "?endpoint=" + server.settings().get("endpoint");

  private String token(String permissions) {
    return server.environment(container, permissions).get("AZURE_STORAGE_SAS_TOKEN");
  }

  @Test
  void everythingIsFitAndTheContainerEmptyAgain() throws IOException {
    Ran ran = new Shell(home).run("doctor", "--repo", url);

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .containsPattern("credentials +ok +from AZURE_STORAGE_KEY")
        .containsPattern("create only +ok")
        .containsPattern("create only, 8 at once +ok +exactly one won, in each of 8 rounds")
        .containsPattern("resume a broken put +ok +2 of 3 parts need not be sent again")
        .containsPattern("object lock +ok +off")
        .contains("az://", " is fit\n");
    assertThat(Listed.names(url)).isEmpty();
  }

  @Test
  void aRestorersSignatureIsFit() throws Exception {
    Ran ran = AzuriteCommand.run(home, url, token("rl"), "doctor", "--expect", "restorer");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .containsPattern("never create +ok +denied")
        .containsPattern("never delete +ok +denied")
        .contains(" is fit for a restorer");
  }

  /** One signature cannot tell data from the rest, and sending a block is a write. */
  @Test
  void aWritersSignatureThatCannotOverwriteReadsTooMuchAndSendsNoBlocks() throws Exception {
    Ran ran = AzuriteCommand.run(home, url, token("rcl"), "doctor", "--expect", "writer");

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(5);
    assertThat(ran.out().lines().filter(line -> line.contains(" FAILED ")))
        .extracting(line -> line.split(" {2,}")[0])
        .containsExactly(
            "create in parts",
            "resume a broken put",
            "never read chunks/",
            "never read index/",
            "never read active/");
    assertThat(ran.out())
        .containsPattern("create only +ok")
        .containsPattern("never delete +ok +denied")
        .contains(
            "create in parts: missing permission: Microsoft.Storage",
            "write (in a SAS: w)",
            "where part-size is above the longest file",
            "is NOT fit for a writer");
  }
}
