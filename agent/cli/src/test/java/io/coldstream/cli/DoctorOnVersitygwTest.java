package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.store.s3.emulator.VersitygwBucket;
import io.coldstream.store.s3.emulator.VersitygwPolicy;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The doctor's command on the Versity gateway. One user signs what this process sends: what it may
 * changes with the bucket's policy.
 */
@NeedsEmulator("versitygw")
class DoctorOnVersitygwTest {

  @TempDir
  private Path home;

  private final VersitygwBucket bucket = new VersitygwBucket();
  private String user;

  @BeforeEach
  void addUser() throws IOException {
    user = VersitygwUsers.ofThisProcess().accessKey();
  }

  private Ran doctor(
      BiFunction<VersitygwPolicy, String, VersitygwPolicy> allowed, Object... expect) {
    bucket.allow(policy -> allowed.apply(policy, user));
    Object[] words = new Object[1 + expect.length];
    words[0] = "doctor";
    System.arraycopy(expect, 0, words, 1, expect.length);
    return new Shell(home).set("COLDSTREAM_REPO", bucket.url()).run(words);
  }

  private void assertNothingLeft() {
    try (S3Client root = bucket.client(bucket.root())) {
      assertThat(root.listObjectsV2(b -> b.bucket(bucket.name())).contents()).isEmpty();
      assertThat(root.listMultipartUploads(b -> b.bucket(bucket.name())).uploads())
          .isEmpty();
    }
  }

  @Test
  void everythingIsFitAndTheBucketEmptyAgain() {
    Ran ran = doctor(VersitygwPolicy::everything);

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .containsPattern("create only +ok")
        .containsPattern("create only, 8 at once +ok +exactly one won, in each of 8 rounds")
        .containsPattern("resume a broken put +ok +2 of 3 parts need not be sent again")
        .containsPattern("object lock +ok +off")
        .contains("of the kind versitygw", " is fit\n");
    assertNothingLeft();
  }

  @Test
  void eachIdentityIsFitForItsWork() {
    Ran writer = doctor(VersitygwPolicy::writer, "--expect", "writer");
    assertThat(writer.exit()).as(writer.everything()).isZero();
    assertThat(writer.out())
        .containsPattern("resume a broken put +ok +2 of 3 parts need not be sent again")
        .containsPattern("read manifests/ +ok")
        .containsPattern("never read chunks/ +ok +denied")
        .containsPattern("never read index/ +ok +denied")
        .containsPattern("never read active/ +ok +denied")
        .containsPattern("never delete +ok +denied")
        .containsPattern("object lock +- +not told to this identity")
        .contains(" is fit for a writer");
    Ran restorer = doctor(VersitygwPolicy::restorer, "--expect", "restorer");
    assertThat(restorer.exit()).as(restorer.everything()).isZero();
    assertThat(restorer.out())
        .containsPattern("read what a writer sent +ok")
        .containsPattern("never create +ok +denied")
        .containsPattern("never delete +ok +denied");
    Ran pruner = doctor(VersitygwPolicy::pruner, "--expect", "pruner");
    assertThat(pruner.exit()).as(pruner.everything()).isZero();
    assertThat(pruner.out())
        .containsPattern("remove unfinished uploads +ok")
        .containsPattern("delete +ok .* are removed")
        .containsPattern("never create +ok +denied");
    assertNothingLeft();
  }

  @Test
  void whoMayTooMuchIsFoundOut() {
    Ran writer = doctor(VersitygwPolicy::everything, "--expect", "writer");
    assertThat(writer.exit()).as(writer.everything()).isEqualTo(5);
    assertThat(writer.out())
        .containsPattern("never read chunks/ +FAILED")
        .contains("take from it, for chunks/: s3:GetObject")
        .contains("never delete: take from it: s3:DeleteObject");
    Ran restorer = doctor(VersitygwPolicy::pruner, "--expect", "restorer");
    assertThat(restorer.exit()).as(restorer.everything()).isEqualTo(5);
    assertThat(restorer.out()).contains("never delete: take from it: s3:DeleteObject");
    Ran pruner = doctor((policy, name) -> policy.pruner(name).writer(name), "--expect", "pruner");
    assertThat(pruner.exit()).as(pruner.everything()).isEqualTo(5);
    assertThat(pruner.out()).contains("never create: take from it: s3:PutObject");
    assertNothingLeft();
  }
}
