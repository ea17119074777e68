package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The doctor's command on MinIO. */
@NeedsEmulator("minio")
class DoctorOnMinioTest {

  @TempDir
  private Path home;

  @Test
  void aBrokenPutIsResumedAndASweepThatFindsNothingIsAWarning() {
    S3Emulator server = S3Emulator.minio();
    String bucket = server.newBucket();
    String url =
        "s3://" + bucket + "/orders?store=minio&region=us-east-1&endpoint=" + server.endpoint();

    Ran ran = new Shell(home).set("COLDSTREAM_REPO", url).run("doctor");

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .containsPattern("create only, 8 at once +ok +exactly one won, in each of 8 rounds")
        .containsPattern("resume a broken put +ok +2 of 3 parts need not be sent again")
        .containsPattern("remove unfinished uploads +WARNING")
        .contains("of the kind minio");
    try (S3Client client = server.client()) {
      assertThat(client.listObjectsV2(b -> b.bucket(bucket)).contents()).isEmpty();
    }
  }
}
