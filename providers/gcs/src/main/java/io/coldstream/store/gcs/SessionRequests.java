package io.coldstream.store.gcs;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpMethods;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.JsonObjectParser;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.model.StorageObject;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.ListedObject;
import io.coldstream.store.cloud.NewObject;
import io.coldstream.store.cloud.Operation;
import java.io.IOException;
import java.util.Optional;

/**
 * The requests of a resumable upload: begin, ask, send, finish, cancel. A session's address is a
 * secret: whoever knows it can write to it.
 */
final class SessionRequests {

  private static final JsonFactory JSON = GsonFactory.getDefaultInstance();
  private static final int RESUME_INCOMPLETE = 308;
  private static final int CANCELLED = 499;

  private final HttpRequestFactory requests;
  private final GcsSettings settings;
  private final Keys keys;

  SessionRequests(GcsSettings settings, GcsConnection connection) {
    this.requests = connection.transport().createRequestFactory(connection.initializer());
    this.settings = settings;
    this.keys = settings.keys();
  }

  /** An answer's meaning. */
  private interface Meaning<T> {
    T of(HttpResponse answer) throws IOException;
  }

  /** Begins a session for an object that must not be there yet: its address. */
  String begin(NewObject object, long lengthBytes) throws StoreException {
    String shown = keys.shown(object.name());
    String url = settings.endpoint() + "/upload/storage/v1/b/" + Urls.encoded(keys.bucket())
        + "/o?uploadType=resumable&name=" + Urls.encoded(keys.key(object.name()))
        + "&ifGenerationMatch=0"
        + settings.kmsKey().map(key -> "&kmsKeyName=" + Urls.encoded(key)).orElse("")
        + settings.project().map(p -> "&userProject=" + Urls.encoded(p)).orElse("");
    JsonHttpContent about = new JsonHttpContent(JSON, GcsObject.of(settings, object));
    return GcsFailures.call(Operation.PUT, shown, () -> {
      HttpRequest begin = request(HttpMethods.POST, url, about);
      begin.getHeaders().set("X-Upload-Content-Type", GcsObject.TYPE);
      begin.getHeaders().set("X-Upload-Content-Length", String.valueOf(lengthBytes));
      return answer(begin, answer -> {
        if (!answer.isSuccessStatusCode()) {
          throw GcsFailures.ofAnswer(Operation.PUT, shown, answer);
        }
        return address(shown, answer);
      });
    });
  }

  private String address(String shown, HttpResponse answer) throws StoreException {
    String address = AnswerHeaders.first(answer, "Location").orElse("");
    String scheme = settings.endpoint().startsWith("https:") ? "https://" : "http";
    if (!address.startsWith(scheme)) {
      throw GcsFailures.failed(
          Operation.PUT, shown, Kind.UNAVAILABLE, "the store's answer has no session; try again");
    }
    return address;
  }

  /** Asks how much the store has. */
  UploadStatus ask(ObjectName name, UploadSession session) throws StoreException {
    return put(name, session, "bytes */" + session.lengthBytes(), new EmptyContent(), null);
  }

  /**
   * Sends a part that does not end the object.
   *
   * @param fromBytes where it starts in the object; its length is a multiple of the store's grain
   */
  UploadStatus send(ObjectName name, UploadSession session, long fromBytes, HttpContent content)
      throws StoreException {
    long lastByte = GcsFailures.call(
        Operation.PUT, keys.shown(name), () -> fromBytes + content.getLength() - 1);
    return put(
        name,
        session,
        "bytes " + fromBytes + "-" + lastByte + "/" + session.lengthBytes(),
        content,
        null);
  }

  /**
   * Sends the last bytes, which make the object visible.
   *
   * @param crc32c of the whole object: the store refuses other bytes
   */
  UploadStatus finish(ObjectName name, UploadSession session, byte[] last, String crc32c)
      throws StoreException {
    long lengthBytes = session.lengthBytes();
    return put(
        name,
        session,
        "bytes " + (lengthBytes - last.length) + "-" + (lengthBytes - 1) + "/" + lengthBytes,
        new ByteArrayContent(GcsObject.TYPE, last),
        crc32c);
  }

  /** Cancels a session; one that is not there counts as cancelled. */
  void cancel(Operation operation, String shown, UploadSession session) throws StoreException {
    GcsFailures.call(
        operation,
        shown,
        () -> answer(request(HttpMethods.DELETE, session.address(), new EmptyContent()), answer -> {
          if (!answer.isSuccessStatusCode() && !isGone(answer.getStatusCode())) {
            throw GcsFailures.ofAnswer(operation, shown, answer);
          }
          return session;
        }));
  }

  private UploadStatus put(
      ObjectName name, UploadSession session, String range, HttpContent content, String crc32c)
      throws StoreException {
    String shown = keys.shown(name);
    return GcsFailures.call(Operation.PUT, shown, () -> {
      HttpRequest put = request(HttpMethods.PUT, session.address(), content);
      put.getHeaders().setContentRange(range);
      if (crc32c != null) {
        put.getHeaders().set("X-Goog-Hash", "crc32c=" + crc32c);
      }
      return answer(put, answer -> status(name, answer));
    });
  }

  private UploadStatus status(ObjectName name, HttpResponse answer) throws IOException {
    int status = answer.getStatusCode();
    if (answer.isSuccessStatusCode()) {
      // A success status without an object is an error with a wrong status: it settles nothing.
      return Optional.ofNullable(answer.parseAs(StorageObject.class))
          .map(GcsObject::listed)
          .filter(ListedObject::isWhole)
          .map(UploadStatus.Done::new)
          .orElseThrow(() -> GcsObject.untold(keys.shown(name)));
    }
    if (status == RESUME_INCOMPLETE) {
      return new UploadStatus.Persisted(AnswerHeaders.persistedBytes(answer));
    }
    if (isGone(status)) {
      return new UploadStatus.Gone();
    }
    StoreException failure = GcsFailures.ofAnswer(Operation.PUT, keys.shown(name), answer);
    if (status == 401 && !answer.getRequest().getContent().retrySupported()) {
      // The library has fetched another token, and could not repeat this: the next request tells.
      throw new StoreException(Kind.UNAVAILABLE, failure.getMessage(), failure);
    }
    if (status == 400 || failure.kind() == Kind.REJECTED) {
      return new UploadStatus.Refused(failure);
    }
    throw failure;
  }

  private static boolean isGone(int status) {
    return status == 404 || status == 410 || status == CANCELLED;
  }

  private HttpRequest request(String method, String url, HttpContent content) throws IOException {
    return requests
        .buildRequest(method, new GenericUrl(url, true), content)
        .setParser(new JsonObjectParser(JSON))
        .setThrowExceptionOnExecuteError(false);
  }

  private static <T> T answer(HttpRequest request, Meaning<T> meaning) throws IOException {
    HttpResponse answer = request.execute();
    try {
      return meaning.of(answer);
    } finally {
      give(answer);
    }
  }

  /** Closes an answer's connection, or returns it to the pool. */
  private static void give(HttpResponse answer) {
    try {
      answer.disconnect();
    } catch (IOException e) {
      // What was needed of it was read and checked.
      return;
    }
  }
}
