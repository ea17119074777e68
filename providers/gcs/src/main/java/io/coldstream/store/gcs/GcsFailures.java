package io.coldstream.store.gcs;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.json.gson.GsonFactory;
import com.google.auth.Retryable;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.cloud.Interrupts;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.RetryAfter;
import io.coldstream.store.cloud.Transports;
import io.coldstream.store.network.HostException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;

/**
 * The one place that knows how the libraries fail: turns what they throw into a {@link
 * StoreException}, also while a body streams. Neither their types nor their texts leave it, for their
 * texts hold whole URLs: what a store said is cleaned of queries, and the cause is the I/O failure
 * below, if there is one. What each answer means, and the sentence for it, is in {@link ErrorReason}.
 */
final class GcsFailures {

  private static final String RETRY_AFTER = "Retry-After";

  private GcsFailures() {}

  /** A call to a library. */
  interface Call<T> {
    T run() throws IOException;
  }

  /** A request could not be given its access token. */
  static final class NoToken extends IOException {
    private static final long serialVersionUID = 1L;

    NoToken(Exception cause) {
      super(cause);
    }
  }

  /** Makes a call. */
  static <T> T call(Operation operation, String object, Call<T> call) throws StoreException {
    try {
      return call.run();
    } catch (IOException | RuntimeException e) {
      throw translated(operation, object, e);
    }
  }

  /** Looks for credentials. */
  static <T> T credentials(String object, Call<T> call) throws StoreException {
    return call(Operation.OPEN, object, () -> {
      try {
        return call.run();
      } catch (IOException | RuntimeException e) {
        throw new NoToken(e);
      }
    });
  }

  /** The failure that an answer is, to a request of our own; reads it to its end. */
  static StoreException ofAnswer(Operation operation, String object, HttpResponse answer) {
    try {
      return ofAnswer(
          operation,
          object,
          GoogleJsonResponseException.from(GsonFactory.getDefaultInstance(), answer));
    } catch (RuntimeException e) {
      return translated(operation, object, e);
    }
  }

  /** A failure that we found ourselves. */
  static StoreException failed(Operation operation, String object, Kind kind, String what) {
    return new StoreException(kind, operation.on(object) + what, null);
  }

  /** One object's error in an answer about many. */
  static StoreException ofObject(Operation operation, String object, GoogleJsonError error) {
    return verdict(operation, object, error.getCode(), error);
  }

  static StoreException translated(Operation operation, String object, Exception e) {
    if (e instanceof StoreException known) {
      return known;
    }
    if (Thread.currentThread().isInterrupted() || Interrupts.isInterrupt(e)) {
      return Interrupts.interrupted(operation, object, ioBelow(e));
    }
    Optional<HostException> way = Transports.wayFailure(e);
    if (way.isPresent()) {
      return Transports.unanswered(operation, object, way.get());
    }
    if (e instanceof NoToken) {
      return ofToken(operation, object, e);
    }
    if (e instanceof HttpResponseException answer) {
      return ofAnswer(operation, object, answer);
    }
    IOException io = ioBelow(e);
    return io == null
        ? Unanswered.ofClient(operation, object, e)
        : Transports.unanswered(operation, object, io);
  }

  private static StoreException ofToken(Operation operation, String object, Exception e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof HttpResponseException answer) {
        return Unanswered.ofTokenService(
            operation, object, answer.getStatusCode(), String.valueOf(answer.getContent()));
      }
    }
    return Unanswered.ofCredentials(operation, object, e, ioOfNetwork(e));
  }

  private static StoreException ofAnswer(
      Operation operation, String object, HttpResponseException e) {
    GoogleJsonError details =
        e instanceof GoogleJsonResponseException json ? json.getDetails() : null;
    StoreException verdict = verdict(operation, object, e.getStatusCode(), details);
    Optional<Duration> retryAfter = retryAfter(e.getHeaders());
    return retryAfter.isEmpty()
        ? verdict
        : new StoreException(verdict.kind(), verdict.getMessage(), null, retryAfter);
  }

  private static StoreException verdict(
      Operation operation, String object, int status, GoogleJsonError details) {
    String message = details == null || details.getMessage() == null ? "" : details.getMessage();
    ErrorReason reason = new ErrorReason(reasonOf(details), status, message);
    Kind kind = reason.kind(operation);
    String said = message.isBlank() ? "" : "; it said: " + ForeignText.cleaned(message);
    return new StoreException(
        kind, operation.on(object) + reason.advice(operation, kind) + said, null);
  }

  private static String reasonOf(GoogleJsonError details) {
    if (details == null || details.getErrors() == null || details.getErrors().isEmpty()) {
      return "";
    }
    String reason = String.valueOf(details.getErrors().get(0).getReason());
    return reason.matches("[A-Za-z0-9._]{1,64}") ? reason : "";
  }

  private static Optional<Duration> retryAfter(HttpHeaders headers) {
    return headers == null
        ? Optional.empty()
        : RetryAfter.in(first(headers, RETRY_AFTER), first(headers, "Date"));
  }

  private static Optional<String> first(HttpHeaders headers, String name) {
    return Optional.ofNullable(headers.getFirstHeaderStringValue(name));
  }

  /** The first I/O failure that is not the library's own: those have URLs in them. */
  private static IOException ioBelow(Exception e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof IOException io && !isTheLibrarys(io)) {
        return io;
      }
    }
    return null;
  }

  /** The last one, below what the credentials' library says of itself. */
  private static IOException ioOfNetwork(Exception e) {
    IOException last = null;
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof IOException io && !io.getClass().equals(IOException.class)) {
        last = isTheLibrarys(io) || isOfFile(io) ? last : io;
      }
    }
    return last;
  }

  /** A file of credentials that is not there, not readable, or no JSON. */
  private static boolean isOfFile(IOException e) {
    return e instanceof FileSystemException
        || e instanceof FileNotFoundException
        || e.getClass().getName().startsWith("com.google.gson.");
  }

  /** Whether the credentials' library says that another attempt may help. */
  static boolean isRetryable(Exception e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof Retryable retryable && retryable.isRetryable()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTheLibrarys(IOException e) {
    return e instanceof HttpResponseException
        || e instanceof NoToken
        || e.getClass().getName().startsWith("com.google.auth.");
  }
}
