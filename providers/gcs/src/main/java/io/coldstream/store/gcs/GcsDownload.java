package io.coldstream.store.gcs;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpStatusCodes;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectName;
import io.coldstream.store.cloud.Download;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.Operation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Downloads an object by a request of our own, which the client's library cannot make. */
final class GcsDownload {

  private final GcsConnection connection;
  private final GcsSettings settings;
  private final Keys keys;

  GcsDownload(GcsSettings settings, GcsConnection connection) {
    this.connection = connection;
    this.settings = settings;
    this.keys = settings.keys();
  }

  Download open(ObjectName name, ByteRange range, Optional<String> generation) throws IOException {
    HttpResponse answer = request(name, range, generation).execute();
    boolean opened = false;
    try {
      if (!answer.isSuccessStatusCode()) {
        throw GcsFailures.ofAnswer(Operation.READ, keys.shown(name), answer);
      }
      Download download = download(range, answer);
      opened = true;
      return download;
    } finally {
      if (!opened) {
        answer.disconnect();
      }
    }
  }

  private HttpRequest request(ObjectName name, ByteRange range, Optional<String> generation)
      throws IOException {
    String url = settings.endpoint() + "/download/storage/v1/b/" + Urls.encoded(keys.bucket())
        + "/o/" + Urls.encoded(keys.key(name)) + "?alt=media"
        + generation.map(v -> "&generation=" + v).orElse("")
        + settings.project().map(p -> "&userProject=" + Urls.encoded(p)).orElse("");
    // Asked for as gzip, an object that is stored so comes as it is stored.
    HttpHeaders headers = new HttpHeaders().setAcceptEncoding("gzip");
    if (!range.equals(ByteRange.WHOLE)) {
      headers.setRange(range.header());
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

  private static Download download(ByteRange range, HttpResponse answer) throws IOException {
    Optional<String> generation =
        AnswerHeaders.number(answer, "x-goog-generation").map(String::valueOf);
    boolean whole = range.equals(ByteRange.WHOLE);
    boolean ranged = !whole && answer.getStatusCode() != HttpStatusCodes.STATUS_CODE_OK;
    return new Download(
        generation,
        bytes(answer, "Content-Length"),
        ranged ? AnswerHeaders.first(answer, "Content-Range") : Optional.empty(),
        bytes(answer, "x-goog-stored-content-length"),
        whole ? AnswerHeaders.crc32c(answer) : Optional.empty(),
        new Body(answer));
  }

  private static OptionalLong bytes(HttpResponse answer, String header) {
    return AnswerHeaders.number(answer, header).stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /** The bytes of an answer; closing them closes its connection, or returns it to the pool. */
  private static final class Body extends FilterInputStream {
    private final HttpResponse answer;

    Body(HttpResponse answer) throws IOException {
      super(answer.getContent() == null ? InputStream.nullInputStream() : answer.getContent());
      this.answer = answer;
    }

    @Override
    public void close() throws IOException {
      answer.disconnect();
    }
  }
}
