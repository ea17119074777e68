package io.coldstream.store.azure;

import com.azure.storage.blob.models.BlobDownloadAsyncResponse;
import com.azure.storage.blob.models.BlobDownloadHeaders;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.DownloadRetryOptions;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Etags;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.Operation;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens reads, and believes an answer only when it is about the version and the range asked for. */
final class AzureReading {

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

  private final AzureConnection connection;
  private final Keys keys;

  AzureReading(AzureConnection connection, Keys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  ObjectContent open(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    BlobRequestConditions conditions = new BlobRequestConditions();
    version.map(Etags::header).ifPresent(conditions::setIfMatch);
    BlobRange asked = range.equals(ByteRange.WHOLE) ? null : asked(range);
    // Reading on after a break would be trying again, which is not done here.
    DownloadRetryOptions once = new DownloadRetryOptions().setMaxRetryRequests(0);
    String shown = keys.shown(name);
    BlobDownloadAsyncResponse answer = AzureFailures.call(
        Operation.READ,
        shown,
        () -> connection
            .exchanges()
            .await(
                connection.blob(name).downloadStreamWithResponse(asked, once, conditions, false)));
    InputStream body = AzureFailures.call(
        Operation.READ, shown, () -> connection.exchanges().receive(answer.getValue()));
    boolean opened = false;
    try {
      StoredObject object = checked(name, range, version, answer.getDeserializedHeaders());
      long due = range.endIn(object.lengthBytes()) - range.fromBytes();
      ObjectContent content = new AzureContent(object, shown, body, due);
      opened = true;
      return content;
    } finally {
      if (!opened) {
        AzureFailures.close(shown, body);
      }
    }
  }

  private StoredObject checked(
      ObjectName name, ByteRange range, Optional<String> version, BlobDownloadHeaders answer)
      throws StoreException {
    long total = total(name, range, answer);
    if (!range.liesIn(total)) {
      throw failed(name, Kind.REJECTED, "the range ends behind the object's " + total + " bytes");
    }
    long expected = range.endIn(total) - range.fromBytes();
    if (answer.getContentLength() != null && answer.getContentLength() != expected) {
      throw failed(
          name,
          Kind.CORRUPT,
          "the store sends " + answer.getContentLength() + " bytes where " + expected + " are due");
    }
    String etag = answer.getETag() == null ? "" : Etags.version(answer.getETag());
    if (etag.isEmpty()) {
      throw failed(name, Kind.UNAVAILABLE, "the answer is not Azure's: it has no ETag");
    }
    if (!etag.equals(version.orElse(etag))) {
      throw failed(name, Kind.NOT_FOUND, "no longer that version of the object");
    }
    return new StoredObject(name, total, etag);
  }

  /** The whole object's length; a store that sends the whole where a part was asked is refused. */
  private long total(ObjectName name, ByteRange range, BlobDownloadHeaders answer)
      throws StoreException {
    Matcher told =
        CONTENT_RANGE.matcher(answer.getContentRange() == null ? "" : answer.getContentRange());
    if (told.matches() && Long.parseLong(told.group(1)) == range.fromBytes()) {
      return Long.parseLong(told.group(2));
    }
    if (!range.equals(ByteRange.WHOLE)) {
      throw failed(
          name, Kind.REJECTED, "the store did not answer with the range that was asked for");
    }
    if (answer.getContentLength() == null) {
      throw failed(name, Kind.UNAVAILABLE, "the store does not tell the object's length");
    }
    return answer.getContentLength();
  }

  private StoreException failed(ObjectName name, Kind kind, String what) {
    return AzureFailures.failed(Operation.READ, keys.shown(name), kind, what);
  }

  private static BlobRange asked(ByteRange range) {
    return range.lengthBytes().isPresent()
        ? new BlobRange(range.fromBytes(), range.lengthBytes().getAsLong())
        : new BlobRange(range.fromBytes());
  }
}
