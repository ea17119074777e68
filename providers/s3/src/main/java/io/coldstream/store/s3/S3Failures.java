package io.coldstream.store.s3;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.AnswerException;
import io.coldstream.store.cloud.DateHeader;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.cloud.Interrupts;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.RetryAfter;
import io.coldstream.store.cloud.Transports;
import io.coldstream.store.cloud.UploadGoneException;
import io.coldstream.store.cloud.UploadGoneException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
 * What each answer means, and the sentence for it, is in {@link ErrorCode}.
 */
final class S3Failures {

  /** Part of AWS's text for a request that was signed for the wrong region. */
  private static final Pattern REGION_TOLD = Pattern.compile("expecting '([a-z0-9-]{1,40})'");

  /** Why an unfinished upload cannot be continued, by S3's error codes. */
  private static final Map<String, Reason> UPLOAD_GONE = Map.of(
      "NoSuchUpload", Reason.NO_SUCH_UPLOAD,
      "ConditionalRequestConflict", Reason.CONFLICT,
      "InvalidPart", Reason.OTHER_PART);

  private S3Failures() {}

  /** A call to the SDK. */
  interface Call<T> {
    T run();
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
  static <T> T callOnUpload(Call<T> call) throws UploadGoneException {
    try {
      return call.run();
    } catch (AwsServiceException e) {
      Reason reason = UPLOAD_GONE.get(codeOf(e).name());
      if (reason != null) {
        throw new UploadGoneException(reason);
      }
      throw e;
    }
  }

  /**
   * A success without anything that S3 always sends. The SDK takes any XML for the answer that it
   * expects: the page of a proxy on the way would be an empty listing.
   */
  static AnswerException notS3() {
    return new AnswerException(Kind.UNAVAILABLE, "the answer is not S3's");
  }

  /** When an answer was given; empty where the SDK has none, or the store does not tell. */
  static Optional<Instant> time(SdkHttpResponse answer) {
    return DateHeader.time(Optional.ofNullable(answer).flatMap(a -> a.firstMatchingHeader("Date")));
  }

  /** A failure that we found ourselves. */
  static StoreException failed(Operation operation, String object, Kind kind, String what) {
    return new StoreException(kind, operation.on(object) + what, null);
  }

  /** One key's error in an answer about many. */
  static StoreException ofKey(Operation operation, String object, String code, String message) {
    ErrorCode error = new ErrorCode(code == null ? "" : code, 200);
    Kind kind = error.kind(operation, false);
    return verdict(operation, object, kind, error.advice(operation, kind, ""), message);
  }

  static StoreException translated(Operation operation, String object, Exception e) {
    if (Thread.currentThread().isInterrupted() || isInterrupt(e)) {
      return Interrupts.interrupted(operation, object, ioBelow(e));
    }
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof CredentialChain.CredentialException none) {
        return ofCredentials(operation, object, none);
      }
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

  /**
   * The failure to report where the store refused credentials that have been replaced since.
   *
   * @return UNAVAILABLE, so that the request is made again; empty for every other failure
   */
  static Optional<StoreException> renewed(
      Operation operation, String object, Exception e, CredentialChain credentials) {
    if (!(e instanceof AwsServiceException service) || !codeOf(service).isAboutOldCredentials()) {
      return Optional.empty();
    }
    Optional<CredentialChain.SignedBy> signed =
        RefusedRequest.of(e).flatMap(RefusedRequest::signedBy);
    try {
      return signed
          .filter(credentials::renewed)
          .map(old -> failed(
              operation,
              object,
              Kind.UNAVAILABLE,
              "the credentials have expired and were read again; try again"));
    } catch (CredentialChain.CredentialException none) {
      return Optional.of(ofCredentials(operation, object, none));
    }
  }

  private static StoreException ofCredentials(
      Operation operation, String object, CredentialChain.CredentialException e) {
    return new StoreException(e.kind(), operation.on(object) + e.getMessage(), ioBelow(e));
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
    Optional<String> cure =
        RefusedRequest.of(e).flatMap(request -> request.advice(code, String.valueOf(message)));
    Kind kind = isLocked(operation, String.valueOf(message))
        ? Kind.LOCKED
        : code.kind(operation, !region.isEmpty());
    StoreException verdict = cure.isEmpty()
        ? verdict(operation, object, kind, code.advice(operation, kind, region), message)
        : verdict(
            operation,
            object,
            kind == Kind.ACCESS_DENIED ? Kind.REJECTED : kind,
            cure.get() + code.shown(),
            message);
    Optional<Duration> retryAfter = retryAfter(details);
    return retryAfter.isEmpty()
        ? verdict
        : new StoreException(verdict.kind(), verdict.getMessage(), null, retryAfter);
  }

  /** MinIO tells a lock by its text alone. */
  private static boolean isLocked(Operation operation, String message) {
    return operation != Operation.PUT && message.contains("WORM protected");
  }

  private static StoreException verdict(
      Operation operation, String object, Kind kind, String what, String message) {
    String said =
        message == null || message.isBlank() ? "" : "; it said: " + ForeignText.cleaned(message);
    return new StoreException(kind, operation.on(object) + what + said, null);
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
