package io.coldstream.store.s3;

import io.coldstream.store.ObjectName;
import io.coldstream.store.OncePass;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoreTools;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.PartSize;
import io.coldstream.store.cloud.SourceFailures;
import java.io.IOException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Creates objects: in one request when they are not longer than a part, otherwise {@link
 * MultipartPut in parts}. Bodies stream from the source; nothing but a transport's buffer is held.
 */
final class S3Putting {

  private static final long LARGEST_PART_BYTES = 5L << 30;

  private final S3Client client;
  private final S3Settings settings;
  private final S3Listing listing;
  private final ObjectKind kind;
  private final MultipartPut inParts;

  S3Putting(
      S3Client client,
      S3Settings settings,
      StoreTools tools,
      S3Listing listing,
      S3Removal removal) {
    this.client = client;
    this.settings = settings;
    this.listing = listing;
    this.kind = new ObjectKind(settings);
    this.inParts = new MultipartPut(client, settings, tools, listing, removal);
  }

  StoredObject put(PutRequest request) throws StoreException {
    String shown = settings.keys().shown(request.name());
    long lengthBytes = request.source().lengthBytes();
    long partBytes = partBytes(shown, lengthBytes, settings);
    try (OncePass pass = new OncePass(request.source(), partBytes)) {
      if (lengthBytes > partBytes) {
        return inParts.put(request, partBytes, pass);
      }
      try {
        return putAtOnce(request.name(), lengthBytes, request.placement(), pass);
      } catch (StoreException e) {
        throw SourceFailures.of(shown, pass, e);
      }
    }
  }

  /** How large the parts are. */
  static long partBytes(String shown, long lengthBytes, S3Settings settings) throws StoreException {
    long partBytes = PartSize.bytes(
        lengthBytes, settings.common().partSizeBytes(), settings.store().mostParts());
    if (partBytes > LARGEST_PART_BYTES) {
      throw S3Failures.failed(
          Operation.PUT,
          shown,
          Kind.REJECTED,
          lengthBytes + " bytes are more than the store can hold");
    }
    return partBytes;
  }

  private StoredObject putAtOnce(
      ObjectName name, long lengthBytes, Placement placement, OncePass pass) throws StoreException {
    String shown = settings.keys().shown(name);
    PutObjectRequest.Builder request = PutObjectRequest.builder()
        .bucket(settings.keys().bucket())
        .key(settings.keys().key(name))
        .ifNoneMatch("*");
    kind.applyTo(request, placement);
    if (settings.sendsChecksums()) {
      request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
    } else {
      request.contentMD5(md5(shown, pass));
    }
    Delivery delivery = new Delivery(() -> pass.open(0), lengthBytes);
    PutObjectResponse answer = S3Failures.call(
        Operation.PUT, shown, () -> client.putObject(request.build(), delivery.body()));
    checkEtag(shown, answer.eTag());
    if (!delivery.isComplete()) {
      throw confirmedTooMuch(shown);
    }
    checkReceived(shown, answer.checksumCRC32C(), pass.checksum(0));
    if (settings.sendsChecksums() && answer.checksumCRC32C() == null) {
      checkLength(name, shown, lengthBytes);
    }
    return new StoredObject(name, lengthBytes, Etags.version(answer.eTag()));
  }

  /**
   * A store that tells no checksum may not know checksum trailers either, and then keeps the framing
   * around them as content.
   */
  private void checkLength(ObjectName name, String shown, long lengthBytes) throws StoreException {
    long listedBytes = listing.confirmed(name).lengthBytes();
    if (listedBytes != lengthBytes) {
      throw S3Failures.failed(
          Operation.PUT,
          shown,
          Kind.CORRUPT,
          "the store made " + listedBytes + " bytes of the " + lengthBytes
              + " that it was sent; the setting checksums=when-required may be what it needs");
    }
  }

  /** Reads the source once through, for a header that must stand before it. */
  private static String md5(String shown, OncePass pass) throws StoreException {
    try {
      return Digests.md5(pass.openUnsent(0));
    } catch (IOException e) {
      throw S3Failures.translated(Operation.PUT, shown, e);
    }
  }

  /** Without an ETag it is not a store's confirmation. */
  static void checkEtag(String shown, String etag) throws StoreException {
    if (etag == null || etag.isEmpty()) {
      throw S3Failures.failed(
          Operation.PUT, shown, Kind.UNAVAILABLE, "the store's answer has no ETag");
    }
  }

  /** A store's answer came before it had been sent everything. */
  static StoreException confirmedTooMuch(String shown) {
    return S3Failures.failed(
        Operation.PUT, shown, Kind.CORRUPT, "the store confirmed more than it was sent");
  }

  /**
   * Compares what the store says that it got with what the source gave.
   *
   * @param told the answer's checksum; null where the store gives none
   */
  static void checkReceived(String shown, String told, int crc32c) throws StoreException {
    if (told != null && !told.equals(Digests.crc32c(crc32c))) {
      throw S3Failures.failed(
          Operation.PUT, shown, Kind.CORRUPT, "the store received other bytes than were sent");
    }
  }
}
