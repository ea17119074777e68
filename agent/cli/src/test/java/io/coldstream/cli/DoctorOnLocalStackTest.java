package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/** The doctor's command on LocalStack, which knows Object Lock and no permissions. */
@NeedsEmulator("localstack")
class DoctorOnLocalStackTest {

  @TempDir
  private Path home;

  private final S3Emulator server = S3Emulator.localStack();
  private final String bucket = server.newBucket();

  private Ran doctor(Object... more) {
    Object[] words = new Object[1 + more.length];
    words[0] = "doctor";
    System.arraycopy(more, 0, words, 1, more.length);
    String url = "s3://" + bucket + "/orders?store=localstack&region=us-east-1&endpoint="
        + server.endpoint();
    return new Shell(home).set("COLDSTREAM_REPO", url).run(words);
  }

  private void assertNothingLeft() {
    try (S3Client client = server.client()) {
      assertThat(client.listObjectsV2(b -> b.bucket(bucket)).contents()).isEmpty();
      assertThat(client.listMultipartUploads(b -> b.bucket(bucket)).uploads()).isEmpty();
    }
  }

  @Test
  void everythingIsFitAndTheBucketEmptyAgain() {
    Ran ran = doctor();

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .containsPattern("create only +ok")
        .containsPattern("create only, 8 at once +ok +exactly one won, in each of 8 rounds")
        .containsPattern("resume a broken put +ok +2 of 3 parts need not be sent again")
        .containsPattern("object lock +ok +off")
        .contains("of the kind localstack", " is fit\n");
    assertNothingLeft();
  }

  /** It heeds no policy, so that nobody is fit for less than everything. */
  @Test
  void whoMayTooMuchIsFoundOut() {
    Ran ran = doctor("--expect", "restorer");

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(5);
    assertThat(ran.out())
        .contains("never create: take from it: s3:PutObject")
        .contains("never delete: take from it: s3:DeleteObject");
    assertNothingLeft();
  }

  @Test
  void aLockOnTheBucketIsTold() {
    try (S3Client client = server.client()) {
      client.putBucketVersioning(b ->
          b.bucket(bucket).versioningConfiguration(versioning -> versioning.status("Enabled")));
      client.putObjectLockConfiguration(b -> b.bucket(bucket)
          .objectLockConfiguration(lock -> lock.objectLockEnabled("Enabled")
              .rule(rule -> rule.defaultRetention(
                  kept -> kept.mode(ObjectLockRetentionMode.GOVERNANCE).days(2)))));
    }
    Ran ran = doctor();

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .containsPattern("versioning +ok +on")
        .containsPattern("object lock +ok +on: GOVERNANCE, 2 days; nothing can be removed before");
    assertNothingLeft();
  }
}
