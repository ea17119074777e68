package io.coldstream.store.s3;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.cloud.BigPut;
import io.coldstream.store.cloud.CloudListing;
import io.coldstream.store.cloud.CloudTraits;
import io.coldstream.store.cloud.CompletionAnswer;
import io.coldstream.store.cloud.Download;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.cloud.KeyPage;
import io.coldstream.store.cloud.KeyQuery;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.NewObject;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.Part;
import io.coldstream.store.cloud.PartAnswer;
import io.coldstream.store.cloud.PartLimits;
import io.coldstream.store.cloud.PartPage;
import io.coldstream.store.cloud.PartedDriver;
import io.coldstream.store.cloud.PartedPut;
import io.coldstream.store.cloud.PutAnswer;
import io.coldstream.store.cloud.SectionBody;
import io.coldstream.store.cloud.UploadEnd;
import io.coldstream.store.cloud.UploadId;
import io.coldstream.store.cloud.UploadPage;
import io.coldstream.store.cloud.UploadQuery;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreTools;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Error;

/** The calls of Amazon S3 and compatible stores. Versions are ETags. */
final class S3Driver implements PartedDriver {

  private static final int DELETE_BATCH = 1000;
  private static final long MAX_PART_BYTES = 5L << 30;

  private final S3Connection connection;
  private final S3Client client;
  private final S3Settings settings;
  private final Keys keys;
  private final ObjectListing listing;
  private final S3Locks locks;
  private final S3Uploads uploads;

  /**
   * A driver; no request is made.
   *
   * @param connection owned by the driver
   */
  S3Driver(S3Connection connection, S3Settings settings) {
    this.connection = connection;
    this.client = connection.client();
    this.settings = settings;
    this.keys = settings.keys();
    this.listing = new ObjectListing(client, keys.bucket());
    this.locks = new S3Locks(client, settings);
    this.uploads = new S3Uploads(client, settings, locks);
  }

  @Override
  public Keys keys() {
    return keys;
  }

  @Override
  public CloudTraits traits() {
    return new CloudTraits(
        parts(settings), DELETE_BATCH, true, false, false, settings.kind().isExclusive());
  }

  /** How large parts are. */
  static PartLimits parts(S3Settings settings) {
    return new PartLimits(
        settings.common().partSizeBytes(),
        settings.store().mostParts(),
        MAX_PART_BYTES,
        MAX_PART_BYTES);
  }

  @Override
  public KeyPage list(KeyQuery query) throws IOException {
    return listing.objects(query);
  }

  @Override
  public Download get(ObjectName name, ByteRange range, Optional<String> version) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(keys.bucket()).key(keys.key(name));
    version.map(Etags::header).ifPresent(request::ifMatch);
    if (!range.equals(ByteRange.WHOLE)) {
      request.range(range.header());
    } else if (settings.sendsChecksums()) {
      request.checksumMode(ChecksumMode.ENABLED);
    }
    ResponseInputStream<GetObjectResponse> body = client.getObject(request.build());
    GetObjectResponse head = body.response();
    return new Download(
        Optional.ofNullable(head.eTag()).map(Etags::version),
        head.contentLength() == null ? OptionalLong.empty() : OptionalLong.of(head.contentLength()),
        range.equals(ByteRange.WHOLE) ? Optional.empty() : Optional.ofNullable(head.contentRange()),
        OptionalLong.empty(),
        Optional.empty(),
        new S3Body(body));
  }

  @Override
  public PutAnswer put(NewObject object, SectionBody body) throws IOException {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(keys.bucket()).key(keys.key(object.name()));
    settings.kind().applyTo(request, object.placement());
    locks.applyTo(request, object.lockedUntil());
    if (settings.sendsChecksums()) {
      request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
    } else {
      request.contentMD5(Digests.md5(body));
    }
    PutObjectResponse answer = client.putObject(request.build(), S3Body.of(body));
    // A store that tells no checksum may not know checksum trailers either, and then keeps the
    // framing around them as content.
    boolean doubtful = settings.sendsChecksums() && answer.checksumCRC32C() == null;
    return new PutAnswer(
        Optional.ofNullable(answer.eTag()).map(Etags::version),
        OptionalLong.empty(),
        Optional.ofNullable(answer.checksumCRC32C()),
        doubtful
            ? Optional.of("the setting checksums=when-required may be what it needs")
            : Optional.empty());
  }

  @Override
  public BigPut bigPut(CloudListing listing, StoreTools tools) {
    return new PartedPut(this, listing, tools);
  }

  @Override
  public String permission(Permission need) {
    return S3Inspection.permission(need);
  }

  @Override
  public void extend(ObjectName name, Instant until) {
    locks.extend(name, until);
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) {
    return locks.lockedUntil(name);
  }

  @Override
  public void delete(List<ObjectName> names) throws IOException {
    List<ObjectIdentifier> identifiers = names.stream()
        .map(name -> ObjectIdentifier.builder().key(keys.key(name)).build())
        .toList();
    // Quietly, a success would be empty, as any other XML is to the SDK.
    Delete batch = Delete.builder().objects(identifiers).quiet(false).build();
    DeleteObjectsResponse answer =
        client.deleteObjects(b -> b.bucket(keys.bucket()).delete(batch));
    if (answer.deleted().isEmpty() && answer.errors().isEmpty()) {
      throw S3Failures.notS3();
    }
    for (S3Error error : answer.errors()) {
      if (!"NoSuchKey".equals(error.code())) {
        String key = keys.root() + ForeignText.cleaned(error.key() == null ? "" : error.key());
        throw S3Failures.ofKey(Operation.DELETE, key, error.code(), error.message());
      }
    }
  }

  @Override
  public UploadPage uploads(UploadQuery query) throws IOException {
    return uploads.page(query);
  }

  @Override
  public UploadEnd end(UploadId upload) throws IOException {
    return uploads.abort(upload);
  }

  @Override
  public String begin(NewObject object) {
    return uploads.begin(object);
  }

  @Override
  public PartAnswer send(UploadId upload, SectionBody body) throws IOException {
    return uploads.send(upload, body);
  }

  @Override
  public PartPage parts(UploadId upload, OptionalInt from) throws IOException {
    return uploads.parts(upload, from);
  }

  @Override
  public CompletionAnswer complete(UploadId upload, List<Part> parts) throws IOException {
    return uploads.complete(upload, parts);
  }

  /** An ETag is an MD5 only where no KMS key is used. */
  @Override
  public Optional<MessageDigest> tagDigest(Part part) {
    return Digests.isMd5(part.tag()) && settings.kind().kmsKey().isEmpty()
        ? Optional.of(Digests.md5())
        : Optional.empty();
  }

  @Override
  public Optional<String> versionOf(List<Part> parts) {
    return Digests.etagOf(parts);
  }

  @Override
  public StoreException classified(Operation operation, String object, Exception failure) {
    return S3Failures.renewed(operation, object, failure, connection.credentials())
        .orElseGet(() -> S3Failures.translated(operation, object, failure));
  }

  @Override
  public void close() {
    connection.close();
  }
}
