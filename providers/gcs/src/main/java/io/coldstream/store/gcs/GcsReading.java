package io.coldstream.store.gcs;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpStatusCodes;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.Operation;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens reads, and believes an answer only when it is about the version and the range asked for. */
final class GcsReading {

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final GcsConnection connection;
  private final GcsSettings settings;
  private final Keys keys;

  GcsReading(GcsSettings settings, GcsConnection connection) {
    this.connection = connection;
    this.settings = settings;
    this.keys = settings.keys();
  }

  ObjectContent open(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    String shown = keys.shown(name);
    if (!NUMBER.matcher(version.orElse("0")).matches()) {
      throw failed(name, Kind.NOT_FOUND, "no longer that version of the object");
    }
    HttpResponse answer = GcsFailures.call(
        Operation.READ, shown, () -> request(name, range, version).execute());
    try {
      StoredObject object = checked(name, range, version, answer);
      Optional<String> crc32c =
          range.equals(ByteRange.WHOLE) ? AnswerHeaders.crc32c(answer) : Optional.empty();
      return new GcsContent(
          object, shown, answer, range.endIn(object.lengthBytes()) - range.fromBytes(), crc32c);
    } catch (StoreException | RuntimeException e) {
      GcsContent.give(answer);
      throw e;
    }
  }

  private HttpRequest request(ObjectName name, ByteRange range, Optional<String> version)
      throws IOException {
    String url = settings.endpoint() + "/download/storage/v1/b/" + Urls.encoded(keys.bucket())
        + "/o/" + Urls.encoded(keys.key(name)) + "?alt=media"
        + version.map(v -> "&generation=" + v).orElse("")
        + settings.project().map(p -> "&userProject=" + Urls.encoded(p)).orElse("");
    // Asked for as gzip, an object that is stored so comes as it is stored.
    HttpHeaders headers = new HttpHeaders().setAcceptEncoding("gzip");
    if (!range.equals(ByteRange.WHOLE)) {
      headers.setRange(header(range));
    }
    HttpRequest request = connection
        .transport()
        .createRequestFactory(connection.initializer())
        .buildGetRequest(new GenericUrl(url, true))
        .setResponseReturnRawInputStream(true)
        .setThrowExceptionOnExecuteError(false);
    request.getHeaders().fromHttpHeaders(headers);
    return request;
  }

  private StoredObject checked(
      ObjectName name, ByteRange range, Optional<String> version, HttpResponse answer)
      throws StoreException {
    if (!answer.isSuccessStatusCode()) {
      throw GcsFailures.ofAnswer(Operation.READ, keys.shown(name), answer);
    }
    long total = total(name, range, answer);
    if (!range.liesIn(total)) {
      throw failed(name, Kind.REJECTED, "the range ends behind the object's " + total + " bytes");
    }
    long expected = range.endIn(total) - range.fromBytes();
    Optional<Long> length = AnswerHeaders.number(answer, "Content-Length");
    if (length.isPresent() && length.get() != expected) {
      throw failed(
          name,
          Kind.CORRUPT,
          "the store sends " + length.get() + " bytes where " + expected + " are due");
    }
    String generation = AnswerHeaders.number(answer, "x-goog-generation")
        .map(String::valueOf)
        .orElseThrow(() -> failed(name, Kind.REJECTED, "the store gives no generation"));
    if (!generation.equals(version.orElse(generation))) {
      throw failed(name, Kind.NOT_FOUND, "no longer that version of the object");
    }
    return new StoredObject(name, total, generation);
  }

  /** The whole object's length; a store that sends the whole where a part was asked is refused. */
  private long total(ObjectName name, ByteRange range, HttpResponse answer) throws StoreException {
    if (range.equals(ByteRange.WHOLE)) {
      return AnswerHeaders.number(answer, "x-goog-stored-content-length")
          .or(() -> AnswerHeaders.number(answer, "Content-Length"))
          .orElseThrow(
              () -> failed(name, Kind.UNAVAILABLE, "the store does not tell the object's length"));
    }
    Matcher told =
        CONTENT_RANGE.matcher(AnswerHeaders.first(answer, "Content-Range").orElse(""));
    if (answer.getStatusCode() == HttpStatusCodes.STATUS_CODE_OK
        || !told.matches()
        || Long.parseLong(told.group(1)) != range.fromBytes()) {
      throw failed(
          name, Kind.REJECTED, "the store did not answer with the range that was asked for");
    }
    return Long.parseLong(told.group(2));
  }

  private StoreException failed(ObjectName name, Kind kind, String what) {
    return GcsFailures.failed(Operation.READ, keys.shown(name), kind, what);
  }

  private static String header(ByteRange range) {
    String last = range.lengthBytes().isPresent()
        ? String.valueOf(range.fromBytes() + range.lengthBytes().getAsLong() - 1)
        : "";
    return "bytes=" + range.fromBytes() + "-" + last;
  }
}
