package io.coldstream.store.s3;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.Operation;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Opens reads, and believes an answer only when it is about the version and the range asked for. */
final class S3Reading {

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

  private final S3Client client;
  private final Keys keys;
  private final boolean checksums;

  S3Reading(S3Client client, Keys keys, boolean checksums) {
    this.client = client;
    this.keys = keys;
    this.checksums = checksums;
  }

  ObjectContent open(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(keys.bucket()).key(keys.key(name));
    version.map(Etags::header).ifPresent(request::ifMatch);
    if (!range.equals(ByteRange.WHOLE)) {
      request.range(header(range));
    } else if (checksums) {
      request.checksumMode(ChecksumMode.ENABLED);
    }
    String shown = keys.shown(name);
    ResponseInputStream<GetObjectResponse> body =
        S3Failures.call(Operation.READ, shown, () -> client.getObject(request.build()));
    try {
      StoredObject object = checked(name, range, version, body.response());
      return new S3Content(
          object, shown, body, range.endIn(object.lengthBytes()) - range.fromBytes());
    } catch (StoreException | RuntimeException e) {
      body.abort();
      throw e;
    }
  }

  private StoredObject checked(
      ObjectName name, ByteRange range, Optional<String> version, GetObjectResponse answer)
      throws StoreException {
    long total = total(name, range, answer);
    if (!range.liesIn(total)) {
      throw failed(name, Kind.REJECTED, "the range ends behind the object's " + total + " bytes");
    }
    long expected = range.endIn(total) - range.fromBytes();
    if (answer.contentLength() != null && answer.contentLength() != expected) {
      throw failed(
          name,
          Kind.CORRUPT,
          "the store sends " + answer.contentLength() + " bytes where " + expected + " are due");
    }
    String etag = answer.eTag() == null ? "" : Etags.version(answer.eTag());
    if (etag.isEmpty()) {
      throw failed(name, Kind.UNAVAILABLE, "the answer is not S3's: it has no ETag");
    }
    if (!etag.equals(version.orElse(etag))) {
      throw failed(name, Kind.NOT_FOUND, "no longer that version of the object");
    }
    return new StoredObject(name, total, etag);
  }

  /** The whole object's length; a store that sends the whole where a part was asked is refused. */
  private long total(ObjectName name, ByteRange range, GetObjectResponse answer)
      throws StoreException {
    if (range.equals(ByteRange.WHOLE)) {
      if (answer.contentLength() == null) {
        throw failed(name, Kind.UNAVAILABLE, "the store does not tell the object's length");
      }
      return answer.contentLength();
    }
    Matcher told =
        CONTENT_RANGE.matcher(answer.contentRange() == null ? "" : answer.contentRange());
    if (!told.matches() || Long.parseLong(told.group(1)) != range.fromBytes()) {
      throw failed(
          name, Kind.REJECTED, "the store did not answer with the range that was asked for");
    }
    return Long.parseLong(told.group(2));
  }

  private StoreException failed(ObjectName name, Kind kind, String what) {
    return S3Failures.failed(Operation.READ, keys.shown(name), kind, what);
  }

  private static String header(ByteRange range) {
    String last = range.lengthBytes().isPresent()
        ? String.valueOf(range.fromBytes() + range.lengthBytes().getAsLong() - 1)
        : "";
    return "bytes=" + range.fromBytes() + "-" + last;
  }
}
