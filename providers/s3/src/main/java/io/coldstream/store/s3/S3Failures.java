package io.coldstream.store.s3;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.cloud.Interrupts;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.RetryAfter;
import io.coldstream.store.cloud.Transports;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The one place that knows how the SDK fails: turns what it throws into a {@link StoreException},
 * also while a body streams. Neither the SDK's types nor its texts leave it: what a store said is
 * cleaned of queries and keys, and the cause is the I/O failure below, if there is one.
 */
final class S3Failures {

  /** Within AWS's text for a request that was signed for the wrong region. */
  private static final Pattern REGION_TOLD = Pattern.compile("expecting '([a-z0-9-]{1,40})'");

  private S3Failures() {}

  /** A call to the SDK. */
  interface Call<T> {
    T run();
  }

  /** Reading from a stream of the SDK. */
  interface Reading {
    int run() throws IOException;
  }

  /** The unfinished upload that a call was about cannot be gone on with as it is. */
  static final class UploadGone extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why not, by S3's error code. */
    enum Reason {
      /** There is no such upload: completed, or aborted. */
      NO_SUCH_UPLOAD("NoSuchUpload"),
      /** Another writer of the same name was in the way. */
      CONFLICT("ConditionalRequestConflict"),
      /** A part is not there, or another one is there under its number. */
      OTHER_PART("InvalidPart");

      private final String code;

      Reason(String code) {
        this.code = code;
      }

      private static Optional<Reason> of(String code) {
        return Arrays.stream(values()).filter(r -> r.code.equals(code)).findFirst();
      }
    }

    private final Reason reason;

    private UploadGone(Reason reason) {
      this.reason = reason;
    }

    Reason reason() {
      return reason;
    }

    /** What a caller is told: each of these is worth another attempt. */
    StoreException failure(String object) {
      return failed(
          Operation.PUT,
          object,
          Kind.UNAVAILABLE,
          switch (reason) {
            case NO_SUCH_UPLOAD -> "the unfinished upload is gone; the next attempt begins anew";
            case CONFLICT ->
              "another writer of this name was in the way; the next attempt begins anew";
            case OTHER_PART ->
              "another process sent parts of the same upload; the next attempt looks what is there";
          });
    }
  }

  /** Makes a call. */
  static <T> T call(Operation operation, String object, Call<T> call) throws StoreException {
    try {
      return call.run();
    } catch (RuntimeException e) {
      throw translated(operation, object, e);
    }
  }

  /** Makes a call about an unfinished upload. */
  static <T> T callOnUpload(Operation operation, String object, Call<T> call)
      throws StoreException, UploadGone {
    try {
      return call.run();
    } catch (AwsServiceException e) {
      Optional<UploadGone.Reason> reason = UploadGone.Reason.of(codeOf(e).name());
      if (reason.isPresent()) {
        throw new UploadGone(reason.get());
      }
      throw translated(operation, object, e);
    } catch (RuntimeException e) {
      throw translated(operation, object, e);
    }
  }

  /** Reads from an object's body. */
  static int read(String object, Reading reading) throws StoreException {
    try {
      return reading.run();
    } catch (IOException | RuntimeException e) {
      throw translated(Operation.READ, object, e);
    }
  }

  /**
   * A success that tells nothing of what S3 always tells. The SDK takes any XML for the answer that it
   * expects: the page of a proxy on the way would be an empty listing.
   */
  static StoreException notS3(Operation operation, String object) {
    return failed(operation, object, Kind.UNAVAILABLE, "the answer is not S3's");
  }

  /** A failure that we found ourselves. */
  static StoreException failed(Operation operation, String object, Kind kind, String what) {
    return new StoreException(kind, operation.on(object) + what, null);
  }

  /** One key's error in an answer about many. */
  static StoreException ofKey(Operation operation, String object, String code, String message) {
    return verdict(operation, object, new ErrorCode(code == null ? "" : code, 200), message, "");
  }

  static StoreException translated(Operation operation, String object, Exception e) {
    if (Thread.currentThread().isInterrupted() || isInterrupt(e)) {
      return Interrupts.interrupted(operation, object, ioBelow(e));
    }
    if (e instanceof AwsServiceException service) {
      return ofAnswer(operation, object, service);
    }
    IOException io = ioBelow(e);
    if (io != null) {
      return Transports.unanswered(operation, object, io);
    }
    return Unanswered.ofClient(operation, object, e);
  }

  private static StoreException ofAnswer(
      Operation operation, String object, AwsServiceException e) {
    ErrorCode code = codeOf(e);
    AwsErrorDetails details = e.awsErrorDetails();
    String message = details == null ? null : details.errorMessage();
    String region = "";
    if (code.isAboutRegion()) {
      region = regionTold(details);
    }
    StoreException verdict = verdict(operation, object, code, message, region);
    Optional<Duration> retryAfter = retryAfter(details);
    return retryAfter.isEmpty()
        ? verdict
        : new StoreException(verdict.kind(), verdict.getMessage(), null, retryAfter);
  }

  private static StoreException verdict(
      Operation operation, String object, ErrorCode code, String message, String region) {
    Kind kind = code.kind(operation, !region.isEmpty());
    String said =
        message == null || message.isBlank() ? "" : "; it said: " + ForeignText.cleaned(message);
    return new StoreException(
        kind, operation.on(object) + code.advice(operation, kind, region) + said, null);
  }

  private static ErrorCode codeOf(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String name = details == null || details.errorCode() == null ? "" : details.errorCode();
    return new ErrorCode(name.matches("[A-Za-z0-9._]{1,64}") ? name : "", e.statusCode());
  }

  private static String regionTold(AwsErrorDetails details) {
    if (details == null || details.sdkHttpResponse() == null) {
      return "";
    }
    Optional<String> header = details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
    if (header.isPresent() && header.get().matches("[a-z0-9-]{1,40}")) {
      return header.get();
    }
    Matcher body = REGION_TOLD.matcher(String.valueOf(details.errorMessage()));
    return body.find() ? body.group(1) : "";
  }

  private static Optional<Duration> retryAfter(AwsErrorDetails details) {
    if (details == null || details.sdkHttpResponse() == null) {
      return Optional.empty();
    }
    SdkHttpResponse answer = details.sdkHttpResponse();
    return RetryAfter.in(
        answer.firstMatchingHeader("Retry-After"), answer.firstMatchingHeader("Date"));
  }

  private static boolean isInterrupt(Exception e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof AbortedException) {
        return true;
      }
    }
    return Interrupts.isInterrupt(e);
  }

  private static IOException ioBelow(Exception e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof IOException io) {
        return io;
      }
    }
    return null;
  }
}
