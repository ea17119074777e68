package io.coldstream.store.s3;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.TestTools;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * A bucket, seen by the store and by the SDK's own client.
 *
 * @param endpoint the server's
 * @param name the bucket's
 * @param checksums whether our adapter, by its settings, begins uploads with checksums there
 * @param clients makes clients, which are closed here
 * @param opener opens stores in the bucket, with parts as small as S3 allows
 */
record Bucket(
    URI endpoint, String name, boolean checksums, Supplier<S3Client> clients, Opener opener) {

  /** The smallest part that S3 allows, and the one that stores are opened with. */
  static final int PART = 5 << 20;

  /** The object that uploads are begun for, under the prefix {@code p}. */
  static final ObjectName NAME = new ObjectName("chunks/a");

  /** Opens a store. */
  interface Opener {
    ObjectStore open(StoreTools tools, String prefix, String... more) throws StoreException;
  }

  /** A new one on a server. */
  static Bucket on(S3Emulator server) {
    return on(server, server.newBucket());
  }

  /** A new one on a server, whose objects can be locked. */
  static Bucket locking(S3Emulator server) {
    return on(server, server.newLockingBucket());
  }

  private static Bucket on(S3Emulator server, String name) {
    return new Bucket(
        server.endpoint(),
        name,
        server.trailers(),
        server::client,
        (tools, prefix, more) ->
            Opened.store(tools, "s3://" + name + "/" + prefix, server.settings(), more));
  }

  /** The same to stores, which reach it through a proxy; tests look at it directly. */
  Bucket seenAt(URI proxy) {
    return new Bucket(
        proxy,
        name,
        checksums,
        clients,
        (tools, prefix, more) -> opener.open(
            tools,
            prefix,
            Stream.concat(Stream.of("endpoint", proxy.toString()), Arrays.stream(more))
                .toArray(String[]::new)));
  }

  /** On the prefix {@code p}; one part after the other, so that their order is known. */
  ObjectStore open(String... more) throws StoreException {
    return opener.open(StoreTools.NONE, "p", more);
  }

  /** Several parts at once. */
  ObjectStore openParallel(String prefix, String... more) throws StoreException {
    return opener.open(TestTools.parallel(), prefix, more);
  }

  ObjectStore through(PartBreaker proxy) throws StoreException {
    return open("endpoint", proxy.uri().toString());
  }

  /** Begins an upload as our adapter does, with some parts of a content. */
  String begun(byte[] content, int... numbers) {
    return begun("p/" + NAME.value(), content, numbers);
  }

  String begun(String key, byte[] content, int... numbers) {
    String id;
    try (S3Client client = clients.get()) {
      id = client
          .createMultipartUpload(b -> b.bucket(name).key(key).checksumAlgorithm(algorithm()))
          .uploadId();
    }
    IntStream.of(numbers)
        .forEach(n -> sendPart(
            key,
            id,
            n,
            Arrays.copyOfRange(content, (n - 1) * PART, Math.min(n * PART, content.length))));
    return id;
  }

  void sendPart(String id, int number, byte[] bytes) {
    sendPart("p/" + NAME.value(), id, number, bytes);
  }

  private void sendPart(String key, String id, int number, byte[] bytes) {
    try (S3Client client = clients.get()) {
      client.uploadPart(
          b -> b.bucket(name)
              .key(key)
              .uploadId(id)
              .partNumber(number)
              .checksumAlgorithm(algorithm()),
          RequestBody.fromBytes(bytes));
    }
  }

  void abort(String id) {
    try (S3Client client = clients.get()) {
      client.abortMultipartUpload(b -> b.bucket(name).key("p/" + NAME.value()).uploadId(id));
    }
  }

  void takeName() {
    try (S3Client client = clients.get()) {
      client.putObject(
          b -> b.bucket(name).key("p/" + NAME.value()), RequestBody.fromBytes(new byte[1]));
    }
  }

  private ChecksumAlgorithm algorithm() {
    return checksums ? ChecksumAlgorithm.CRC32_C : null;
  }

  /** The numbers of the parts that the one unfinished upload has. */
  Set<String> parts() {
    String id = uploads().get(0);
    try (S3Client client = clients.get()) {
      return client
          .listParts(b -> b.bucket(name).key("p/" + NAME.value()).uploadId(id))
          .parts()
          .stream()
          .map(part -> part.partNumber().toString())
          .collect(Collectors.toSet());
    }
  }

  /** The ids of all unfinished uploads. */
  List<String> uploads() {
    try (S3Client client = clients.get()) {
      return client.listMultipartUploads(b -> b.bucket(name)).uploads().stream()
          .map(MultipartUpload::uploadId)
          .toList();
    }
  }

  /** How many bytes the older versions of an object have that is removed. */
  long keptBytes(String key) {
    try (S3Client client = clients.get()) {
      return client.listObjectVersions(b -> b.bucket(name).prefix(key)).versions().stream()
          .filter(version -> version.key().equals(key))
          .mapToLong(ObjectVersion::size)
          .sum();
    }
  }

  /** Removes everything: some servers hold all of it in this JVM's memory. */
  void clear() {
    try (S3Client client = clients.get()) {
      client
          .listObjectsV2(b -> b.bucket(name))
          .contents()
          .forEach(object -> client.deleteObject(b -> b.bucket(name).key(object.key())));
      client
          .listMultipartUploads(b -> b.bucket(name))
          .uploads()
          .forEach(upload -> client.abortMultipartUpload(
              b -> b.bucket(name).key(upload.key()).uploadId(upload.uploadId())));
    }
  }
}
