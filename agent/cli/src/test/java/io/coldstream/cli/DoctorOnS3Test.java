package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.cli.demo.Sample;
import io.coldstream.store.s3.emulator.ExactNameListing;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.Break;
import io.coldstream.store.testkit.http.BreakingProxy;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The doctor's command on two emulators for S3: one that is fit, and one that is not. */
class DoctorOnS3Test {

  @TempDir
  private Path home;

  private static void assertEmpty(S3Emulator server, String url) {
    String bucket = url.substring("s3://".length(), url.indexOf('/', "s3://".length()));
    try (S3Client client = server.client()) {
      assertThat(client.listObjectsV2(b -> b.bucket(bucket)).contents()).isEmpty();
      assertThat(client.listMultipartUploads(b -> b.bucket(bucket)).uploads()).isEmpty();
    }
  }

  private static void assertNoSecret(S3Emulator server, Ran ran) {
    assertThat(ran.everything())
        .doesNotContain(server.environment().get("AWS_SECRET_ACCESS_KEY"))
        .doesNotContain("access key " + server.environment().get("AWS_ACCESS_KEY_ID"));
  }

  @Test
  void onS3ProxyEverythingIsFitAndTheBucketEmptyAgain() throws IOException {
    S3Emulator server = S3Emulator.s3proxy();
    String url = server.newUrl("orders");
    Ran ran = new Shell(home).run("doctor", "--repo", url);

    assertThat(ran.exit()).as(ran.everything()).isZero();
    assertThat(ran.out())
        .containsPattern("create only, 8 at once +ok +exactly one won, in each of 8 rounds")
        .containsPattern("create in parts +ok +and read back")
        .containsPattern("resume a broken put +ok +2 of 3 parts need not be sent again")
        .contains("s3://", "is fit");
    assertNoSecret(server, ran);
    assertEmpty(server, url);

    Path node = home.resolve("node");
    Sample.unpack(Sample.Day.MONDAY, node);
    Ran backup = new Shell(home).run("backup", "--db", node, "--repo", url);
    assertThat(backup.exit()).as(backup.everything()).isZero();
  }

  /** As MinIO lists them. */
  @Test
  void unfinishedUploadsThatAreListedByExactNameOnlyAreResumedAndNoneIsLeft() throws IOException {
    S3Emulator server = S3Emulator.s3proxy();
    try (ExactNameListing listing = new ExactNameListing(server.endpoint(), server::client)) {
      String url = listing.newUrl(server, "orders") + "&store=minio";
      Ran ran = new Shell(home).run("doctor", "--repo", url);

      assertThat(ran.exit()).as(ran.everything()).isZero();
      assertThat(ran.out())
          .containsPattern("resume a broken put +ok +2 of 3 parts need not be sent again")
          .containsPattern("remove unfinished uploads +WARNING +an unfinished upload was not found")
          .containsPattern("left behind +ok +nothing")
          .contains(
              "remove unfinished uploads: let the store remove unfinished uploads by itself",
              "is fit");
      assertEmpty(server, url);
    }
  }

  @Test
  void anIdentityThatMayNotListPartsIsWarnedThatNothingIsResumed() throws IOException {
    S3Emulator server = S3Emulator.s3proxy();
    String denied = "<Error><Code>AccessDenied</Code><Message>m</Message></Error>";
    Break listParts = Break.at("^GET .*uploadId=").every(1).answering(Answer.of(403, "", denied));
    try (BreakingProxy proxy = new BreakingProxy(server.endpoint(), listParts)) {
      String url = server
          .newUrl("orders")
          .replace(server.endpoint().toString(), proxy.uri().toString());
      Ran ran = new Shell(home).run("doctor", "--repo", url);

      assertThat(ran.exit()).as(ran.everything()).isZero();
      assertThat(ran.out())
          .containsPattern("resume a broken put +WARNING +not resumed")
          .containsPattern("remove unfinished uploads +ok +unfinished uploads found: 2, removed: 2")
          .contains("s3:ListMultipartUploadParts", "is fit");
      assertEmpty(server, url);
    }
  }

  /** S3Mock looks whether a name is free, and then stores. */
  @Test
  void s3MockIsUnfitForTwoWriters() {
    S3Emulator server = S3Emulator.s3mock();
    String url = server.newUrl("orders");
    Ran ran = new Shell(home).run("doctor", "--repo", url);
    // Beside other tests on few cores its eight may come one after the other, in all rounds.
    for (int again = 0; again < 9 && ran.exit() == 0; again++) {
      ran = new Shell(home).run("doctor", "--repo", url);
    }

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(9);
    assertThat(ran.out())
        .containsPattern("create only +ok")
        .containsPattern("create only, 8 at once +FAILED")
        .contains("UNFIT FOR TWO WRITERS", "is NOT fit");
    assertThat(ran.err())
        .matches("coldstream doctor: \\d of \\d+ checks failed: .*create only, 8 at once.*\n");
    assertNoSecret(server, ran);
    assertEmpty(server, url);
  }

  @Test
  void aStorageClassThatThereIsNotIsToldBeforeTheFirstBackup() {
    String url = S3Emulator.s3mock().newUrl("orders") + "&storage-class=BASEMENT";
    Ran ran = new Shell(home).run("doctor", "--repo", url);

    assertThat(ran.exit()).as(ran.everything()).isEqualTo(2);
    assertThat(ran.out()).containsPattern("storage class +FAILED");
  }

  @Test
  void aBucketThatIsNotThereAndOneThatCannotBeReached() {
    S3Emulator server = S3Emulator.s3proxy();
    String query = "?path-style=true&region=us-east-1&attempts=1&endpoint=";
    Ran missing = new Shell(home)
        .run("doctor", "--repo", "s3://no-such-bucket/p" + query + server.endpoint());
    assertThat(missing.exit()).as(missing.everything()).isEqualTo(2);
    assertThat(missing.out()).contains("there is no such bucket");

    Ran unreachable =
        new Shell(home).run("doctor", "--repo", "s3://bucket/p" + query + "http://127.0.0.1:1");
    assertThat(unreachable.exit()).as(unreachable.everything()).isEqualTo(6);
    assertThat(unreachable.out()).containsPattern("nothing else could be tried \\(\\d+ checks\\)");
  }
}
