package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.s3.OnVersitygw.User;
import io.coldstream.store.s3.emulator.VersitygwPolicy;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import io.coldstream.store.testkit.emulator.Versitygw;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The three identities of {@code provider-s3.md}, by the policies that stand there as far as {@link
 * VersitygwPolicy} goes, on a server that heeds each verb's permission.
 */
@NeedsEmulator("versitygw")
@Timeout(60)
class VersitygwIdentitiesTest {

  private static final User WRITER = new User("writer", "writers-secret");
  private static final User RESTORER = new User("restorer", "restorers-secret");
  private static final User PRUNER = new User("pruner", "pruners-secret");
  private static final User STRANGER = new User("stranger", "strangers-secret");

  private static final ObjectName DATA = new ObjectName("chunks/a");
  private static final ObjectName MANIFEST = new ObjectName("manifests/000000000001.json");
  private static final ObjectSource SMALL = Content.of("small".getBytes(StandardCharsets.UTF_8));
  private static final ObjectSource LARGE = ResumedPutContract.SOURCE;

  private final Bucket bucket = OnVersitygw.bucket();

  @BeforeAll
  static void addUsers() throws IOException {
    for (User user : List.of(WRITER, RESTORER, PRUNER, STRANGER)) {
      Versitygw.running().addUser(user.accessKey(), user.secretKey());
    }
  }

  @BeforeEach
  void setPolicy() {
    try (S3Client root = OnVersitygw.client()) {
      String policy = VersitygwPolicy.of(bucket.name(), "p")
          .writer(WRITER.accessKey())
          .restorer(RESTORER.accessKey())
          .pruner(PRUNER.accessKey())
          .json();
      root.putBucketPolicy(b -> b.bucket(bucket.name()).policy(policy));
    }
  }

  @Test
  void theWriterPutsListsAndReadsDocuments() throws Exception {
    try (ObjectStore store = as(WRITER)) {
      put(store, DATA, LARGE);
      put(store, new ObjectName("chunks/small"), SMALL);
      put(store, MANIFEST, SMALL);
      for (String name : List.of("coldstream.json", "pages/1", "progress/1")) {
        put(store, new ObjectName(name), SMALL);
        assertThat(read(store, new ObjectName(name)))
            .isEqualTo("small".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(read(store, MANIFEST)).hasSize(5);
      assertThat(store.stat(DATA)).isPresent();
      assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).hasSize(6);
      assertThat(Failures.of(() -> put(store, MANIFEST, SMALL)).kind())
          .isEqualTo(Kind.ALREADY_EXISTS);
    }
  }

  @Test
  void theWriterResumesAnUploadOfAnotherProcess() throws Exception {
    try (PartBreaker proxy = new PartBreaker(bucket.endpoint(), 3);
        ObjectStore store = as(WRITER, "endpoint", proxy.uri().toString())) {
      assertThat(Failures.of(() -> put(store, DATA, LARGE)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
    ResumedPutContract.Told told = new ResumedPutContract.Told();
    try (ObjectStore store = as(WRITER)) {
      store.put(new PutRequest(DATA, LARGE, Placement.BULK, told));
    }
    assertThat(told.what()).isEqualTo("2 of 4");
    try (ObjectStore store = as(RESTORER)) {
      assertThat(Arrays.mismatch(read(store, DATA), ResumedPutContract.BYTES)).isEqualTo(-1);
    }
  }

  @Test
  void theWriterNeitherReadsDataNorDeletesAnything() throws Exception {
    try (ObjectStore store = as(WRITER)) {
      put(store, DATA, SMALL);
      put(store, MANIFEST, SMALL);
      denied(() -> read(store, DATA));
      denied(() -> store.delete(List.of(DATA)));
      denied(() -> store.delete(List.of(MANIFEST)));
      assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).hasSize(2);
    }
  }

  @Test
  void theWriterIsDeniedOutsideThePrefix() throws Exception {
    try (ObjectStore store = OnVersitygw.open(WRITER, bucket.name(), "elsewhere")) {
      denied(() -> put(store, DATA, SMALL));
      denied(() -> put(store, DATA, LARGE));
    }
  }

  @Test
  void theRestorerReadsEverythingAndChangesNothing() throws Exception {
    try (ObjectStore writer = as(WRITER)) {
      put(writer, DATA, SMALL);
    }
    bucket.begun(ResumedPutContract.BYTES, 1);
    try (ObjectStore store = as(RESTORER)) {
      assertThat(store.list(ObjectPrefix.ALL, ListCursor.START).objects()).hasSize(1);
      assertThat(read(store, DATA)).hasSize(5);
      denied(() -> put(store, MANIFEST, SMALL));
      denied(() -> put(store, MANIFEST, LARGE));
      denied(() -> store.delete(List.of(DATA)));
      denied(() -> store.sweep(ObjectPrefix.ALL, Duration.ofHours(-1)));
      assertThat(read(store, DATA)).hasSize(5);
    }
    assertThat(bucket.uploads()).hasSize(1);
  }

  @Test
  void thePrunerDeletesAndSweepsAndPutsNothing() throws Exception {
    try (ObjectStore writer = as(WRITER)) {
      put(writer, DATA, SMALL);
    }
    bucket.begun(ResumedPutContract.BYTES, 1);
    try (ObjectStore store = as(PRUNER)) {
      assertThat(read(store, DATA)).hasSize(5);
      denied(() -> put(store, MANIFEST, SMALL));
      denied(() -> put(store, MANIFEST, LARGE));
      store.delete(List.of(DATA));
      assertThat(store.stat(DATA)).isEmpty();
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofHours(-1)).removed()).isEqualTo(1);
    }
    assertThat(bucket.uploads()).isEmpty();
  }

  @Test
  void aStrangerIsDeniedEverything() throws Exception {
    try (ObjectStore store = as(STRANGER)) {
      denied(() -> store.stat(DATA));
      denied(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      denied(() -> read(store, DATA));
      denied(() -> put(store, DATA, SMALL));
      denied(() -> put(store, DATA, LARGE));
      denied(() -> store.delete(List.of(DATA)));
      denied(() -> store.sweep(ObjectPrefix.ALL, Duration.ofHours(-1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"writer", "nobody"})
  void wrongCredentialsAreDenied(String accessKey) throws Exception {
    try (ObjectStore store = OnVersitygw.open(new User(accessKey, "wrong"), bucket.name(), "p")) {
      denied(() -> store.list(ObjectPrefix.ALL, ListCursor.START));
      denied(() -> put(store, DATA, SMALL));
    }
  }

  private ObjectStore as(User user, String... more) throws StoreException {
    return OnVersitygw.open(user, bucket.name(), "p", more);
  }

  private static void denied(ThrowingCallable call) {
    assertThat(Failures.of(call).kind()).isEqualTo(Kind.ACCESS_DENIED);
  }

  private static void put(ObjectStore store, ObjectName name, ObjectSource source)
      throws StoreException {
    store.put(new PutRequest(name, source, Placement.STANDARD));
  }

  private static byte[] read(ObjectStore store, ObjectName name) throws IOException {
    try (ObjectContent content = store.read(name, ByteRange.WHOLE, Optional.empty())) {
      return content.stream().readAllBytes();
    }
  }
}
