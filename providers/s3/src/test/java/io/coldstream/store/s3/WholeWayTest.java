package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.RandomSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** What our settings make of an object, seen by another client. */
class WholeWayTest {

  private static final int PART = 5 << 20;

  @ParameterizedTest
  @CsvSource({"s3mock, always", "s3mock, when-required", "s3proxy, always", "s3proxy, when-required"
  })
  void objectsAreStoredAndDeletedWithEitherKindOfChecksum(String kind, String checksums)
      throws Exception {
    S3Emulator server = kind.equals("s3mock") ? S3Emulator.s3mock() : S3Emulator.s3proxy();
    String url = "s3://" + server.newBucket() + "/p";
    try (ObjectStore store = Opened.store(url, server.settings(), "checksums", checksums)) {
      for (int length : new int[] {0, 1000, PART + 1}) {
        RandomSource source = new RandomSource(length, length);
        ObjectName name = new ObjectName("chunks/" + length);
        store.put(new PutRequest(name, source, Placement.BULK));
        try (ObjectContent content = store.read(name, ByteRange.WHOLE, Optional.empty())) {
          assertThat(Arrays.equals(content.stream().readAllBytes(), source.bytes()))
              .isTrue();
        }
        store.delete(List.of(name));
        assertThat(store.stat(name)).isEmpty();
      }
    }
  }

  @Test
  void requestsCarryChecksumsClassAndTags() throws Exception {
    S3Emulator server = S3Emulator.s3mock();
    String bucket = server.newBucket();
    try (S3Client client = server.client();
        ObjectStore store = Opened.store(
            "s3://" + bucket + "/p",
            server.settings(),
            "storage-class",
            "STANDARD_IA",
            "tags",
            "team=db,of=ab")) {
      for (int length : new int[] {1000, PART + 1}) {
        for (Placement placement : Placement.values()) {
          String name = placement + "/" + length;
          store.put(new PutRequest(new ObjectName(name), new RandomSource(1, length), placement));
          var head = client.headObject(
              b -> b.bucket(bucket).key("p/" + name).checksumMode(ChecksumMode.ENABLED));
          assertThat(head.checksumCRC32C()).as(name).isNotEmpty();
          assertThat(head.storageClass())
              .isEqualTo(placement == Placement.BULK ? StorageClass.STANDARD_IA : null);
          assertThat(client
                  .getObjectTagging(b -> b.bucket(bucket).key("p/" + name))
                  .tagSet())
              .extracting(tag -> tag.key() + "=" + tag.value())
              .containsExactlyInAnyOrder("team=db", "of=ab");
        }
      }
    }
  }

  @Test
  void foreignObjectsAreCountedAndLeftAlone() throws Exception {
    S3Emulator server = S3Emulator.s3mock();
    String bucket = server.newBucket();
    try (S3Client client = server.client();
        ObjectStore store = Opened.store("s3://" + bucket + "/p", server.settings())) {
      for (String key : new String[] {"p/", "p/folder/", "p/" + "x".repeat(201), "q/other"}) {
        client.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromString("x"));
      }
      store.put(
          new PutRequest(new ObjectName("ours"), Content.of(new byte[1]), Placement.STANDARD));
      ListPage page = store.list(ObjectPrefix.ALL, ListCursor.START);
      assertThat(page.objects()).extracting(o -> o.name().value()).containsExactly("ours");
      assertThat(page.foreign()).isEqualTo(2);
    }
  }

  @Test
  void onlyOldUploadsUnderThePrefixAreSwept() throws Exception {
    S3Emulator server = S3Emulator.s3mock();
    String bucket = server.newBucket();
    try (S3Client client = server.client();
        ObjectStore store = Opened.store("s3://" + bucket + "/p", server.settings())) {
      for (String key : new String[] {"p/chunks/a", "p/chunks/b", "p/index/a", "q/chunks/a"}) {
        client.createMultipartUpload(b -> b.bucket(bucket).key(key));
      }
      ObjectPrefix chunks = new ObjectPrefix("chunks/");
      assertThat(store.sweep(chunks, Duration.ofHours(1)).found()).isZero();
      // A limit in the future, so that a clock's grain does not count.
      assertThat(store.sweep(chunks, Duration.ofHours(-1)).removed()).isEqualTo(2);
      assertThat(store.sweep(chunks, Duration.ofHours(-1)).found()).isZero();
      assertThat(client.listMultipartUploads(b -> b.bucket(bucket)).uploads()).hasSize(2);
    }
  }

  @Test
  void aBucketThatIsNotThereIsRejectedByEveryVerb() throws Exception {
    S3Emulator server = S3Emulator.s3mock();
    ObjectName name = new ObjectName("a");
    try (ObjectStore store = Opened.store("s3://no-such-bucket/p", server.settings())) {
      List<StoreException> failures = List.of(
          Failures.of(() -> store.stat(name)),
          Failures.of(() -> store.list(ObjectPrefix.ALL, ListCursor.START)),
          Failures.of(() -> store.read(name, ByteRange.WHOLE, Optional.empty())),
          Failures.of(
              () -> store.put(new PutRequest(name, Content.of(new byte[1]), Placement.STANDARD))),
          Failures.of(() -> store.delete(List.of(name))),
          Failures.of(() -> store.sweep(ObjectPrefix.ALL, Duration.ofDays(1))));
      assertThat(failures).allSatisfy(e -> {
        assertThat(e.kind()).isEqualTo(Kind.REJECTED);
        assertThat(e).hasMessageContaining("no such bucket").hasMessageContaining("no-such-bucket");
      });
    }
  }
}
