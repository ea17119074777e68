package io.coldstream.store.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.identity.CredentialUnavailableException;
import com.azure.storage.blob.models.BlobStorageException;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.cloud.Interrupts;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.RetryAfter;
import io.coldstream.store.cloud.Transports;
import io.coldstream.store.network.HostException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.Exceptions;

/**
 * The one place that knows how the SDK fails: turns what it throws into a {@link StoreException},
 * also while a body streams. Neither the SDK's types nor its texts leave it: what a store said is
 * cleaned of queries and signatures, and the cause is the I/O failure below, if there is one.
 * What each answer means, and the sentence for it, is in {@link ErrorCode}.
 */
final class AzureFailures {

  private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");
  private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");

  private AzureFailures() {}

  /** Something that waits for the store, or reads what is sent to it. */
  interface Call<T> {
    T run() throws IOException;
  }

  /** Makes a call. */
  static <T> T call(Operation operation, String object, Call<T> call) throws StoreException {
    try {
      return call.run();
    } catch (IOException | RuntimeException e) {
      throw translated(operation, object, e);
    }
  }

  /** Ends a read. */
  static void close(String object, InputStream body) throws StoreException {
    try {
      body.close();
    } catch (IOException | RuntimeException e) {
      throw translated(Operation.READ, object, e);
    }
  }

  /** A failure that we found ourselves. */
  static StoreException failed(Operation operation, String object, Kind kind, String what) {
    return new StoreException(kind, operation.on(object) + what, null);
  }

  static StoreException translated(Operation operation, String object, Throwable wrapped) {
    Throwable e = Exceptions.unwrap(wrapped);
    if (Thread.currentThread().isInterrupted() || Interrupts.isInterrupt(e)) {
      return Interrupts.interrupted(operation, object, ioBelow(e));
    }
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof StoreException known) {
        return known;
      }
      if (t instanceof TokenChain.NoTokenException none) {
        return NoToken.failure(operation, object, none);
      }
      if (t instanceof HostException way) {
        return Transports.unanswered(operation, object, way);
      }
      if (t instanceof CredentialUnavailableException
          || t instanceof ClientAuthenticationException) {
        return NoToken.failure(operation, object, new TokenChain.NoTokenException(List.of(), 0, t));
      }
      if (t instanceof HttpResponseException answer && answer.getResponse() != null) {
        return ofAnswer(operation, object, answer);
      }
    }
    IOException io = ioBelow(e);
    return io != null
        ? Transports.unanswered(operation, object, io)
        : Unanswered.ofClient(operation, object, e);
  }

  private static StoreException ofAnswer(
      Operation operation, String object, HttpResponseException e) {
    ErrorCode code = codeOf(e);
    Kind kind = code.kind(operation);
    String message = messageOf(e);
    String said = message.isBlank() ? "" : "; it said: " + message;
    return new StoreException(
        kind, operation.on(object) + code.advice(operation, kind) + said, null, retryAfter(e));
  }

  private static ErrorCode codeOf(HttpResponseException e) {
    String name = e.getResponse().getHeaderValue(ERROR_CODE);
    if (name == null && e instanceof BlobStorageException blob && blob.getErrorCode() != null) {
      name = blob.getErrorCode().toString();
    }
    boolean isName = name != null && name.matches("[A-Za-z0-9._]{1,64}");
    return new ErrorCode(
        isName ? name : "", e.getResponse().getStatusCode(), String.valueOf(e.getMessage()));
  }

  /** Only the store's own sentence: what follows repeats the request and what was signed. */
  private static String messageOf(HttpResponseException e) {
    Matcher message = MESSAGE.matcher(String.valueOf(e.getMessage()));
    if (!message.find()) {
      return "";
    }
    String sentence = message.group(1).split("\\R|RequestId:", 2)[0];
    return ForeignText.cleaned(sentence.replaceAll("(?i)\\bsig=[^\\s&;\"']*", "..."));
  }

  private static Optional<Duration> retryAfter(HttpResponseException e) {
    return RetryAfter.in(
        Optional.ofNullable(e.getResponse().getHeaderValue(HttpHeaderName.RETRY_AFTER)),
        Optional.ofNullable(e.getResponse().getHeaderValue(HttpHeaderName.DATE)));
  }

  private static IOException ioBelow(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof IOException io) {
        return io;
      }
    }
    return null;
  }
}
