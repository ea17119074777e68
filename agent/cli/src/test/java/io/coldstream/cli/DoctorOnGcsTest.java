package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.core.doctor.Role;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor's command on our own server for Cloud Storage, as everybody and as each identity. */
class DoctorOnGcsTest {

  @TempDir
  private Path home;

  private final GcsIdentities server = new GcsIdentities();

  @AfterEach
  void end() {
    server.close();
  }

  private Ran doctor(Role who, String... expect) {
    server.become(who);
    Object[] words = expect.length == 0
        ? new Object[] {"doctor"}
        : new Object[] {"doctor", "--expect", expect[0]};
    return new Shell(home).set("COLDSTREAM_REPO", server.url()).run(words);
  }

  private void assertNothingLeft() throws IOException {
    server.become(Role.ANY);
    assertThat(Listed.names(server.url())).isEmpty();
    assertThat(server.unfinished()).isZero();
  }

  @Test
  void everythingIsFitAndTheBucketEmptyAgain() throws IOException {
    Ran ran = doctor(Role.ANY);

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .containsPattern("create only +ok")
        .containsPattern("create only, 8 at once +ok +exactly one won, in each of 8 rounds")
        .containsPattern("create in parts +ok")
        .containsPattern("resume a broken put +ok +2 of 3 parts need not be sent again")
        .containsPattern("object lock +ok +off")
        .contains("gs://", " is fit\n");
    assertNothingLeft();
  }

  @Test
  void eachIdentityIsFitForItsWork() throws IOException {
    Ran writer = doctor(Role.WRITER, "writer");
    assertThat(writer.exit()).as(writer.everything()).isZero();
    assertThat(writer.out())
        .containsPattern("resume a broken put +ok +2 of 3 parts need not be sent again")
        .containsPattern("never read chunks/ +ok +denied")
        .containsPattern("never delete +ok +denied")
        .containsPattern("object lock +- +not told to this identity")
        .contains(" is fit for a writer");
    Ran restorer = doctor(Role.RESTORER, "restorer");
    assertThat(restorer.exit()).as(restorer.everything()).isZero();
    assertThat(restorer.out())
        .containsPattern("read what a writer sent +ok")
        .containsPattern("never create +ok +denied");
    Ran pruner = doctor(Role.PRUNER, "pruner");
    assertThat(pruner.exit()).as(pruner.everything()).isZero();
    assertThat(pruner.out()).containsPattern("delete +ok .* are removed");
    assertNothingLeft();
  }

  @Test
  void whoMayTooMuchIsFoundOut() {
    Ran writer = doctor(Role.ANY, "writer");
    assertThat(writer.exit()).as(writer.everything()).isEqualTo(5);
    assertThat(writer.out())
        .containsPattern("never read chunks/ +FAILED")
        .contains("never delete: take from it: storage.objects.delete");
    Ran restorer = doctor(Role.PRUNER, "restorer");
    assertThat(restorer.exit()).as(restorer.everything()).isEqualTo(5);
    assertThat(restorer.err()).contains("1 of ", "never delete");
  }
}
