package io.coldstream.store.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What a refused request carried that not every S3-compatible store supports. It goes with the SDK's
 * exception, as a suppressed one, to where the refusal is translated.
 */
final class RefusedRequest extends Exception {

  private static final long serialVersionUID = 1L;

  private static final String CONDITION_ADVICE =
      "this store does not support If-None-Match; with create=checked one writer at a time may use it";
  private static final String CHECKSUM_ADVICE =
      "this store does not support checksum trailers; set checksums=when-required";

  private static final String LOCK_ADVICE =
      "the bucket has no Object Lock, which the setting lock needs; enable Object Lock on the bucket"
          + " (and versioning), or remove the setting";

  private static final Pattern SIGNER = Pattern.compile("Credential=([^/,\\s]+)/");
  private static final Pattern CHECKSUM_HEADER =
      Pattern.compile("x-amz-(trailer|sdk-checksum-algorithm|checksum-.*)");
  private static final Pattern OF_CHECKSUMS = Pattern.compile(
      "checksum|trailer|x-amz-content-sha256|streaming-|aws-chunked|content-encoding"
          + "|transfer-encoding|chunked|content-length|content-md5");
  private static final Pattern OF_CONDITIONS =
      Pattern.compile("if-none-match|conditional|precondition");

  private static final Pattern OF_LOCKS = Pattern.compile("object ?-?lock|objectlock");

  /** Errors for which a store may have any header in mind; each other names what it is about. */
  private static final Set<String> UNSPECIFIC = Set.of(
      "",
      "BadRequest",
      "InvalidArgument",
      "InvalidHeader",
      "InvalidRequest",
      "NotImplemented",
      "UnsupportedOperation");

  /** Errors that only the framing of trailers, or a checksum header, causes. */
  private static final Set<String> ABOUT_CHECKSUMS = Set.of(
      "MalformedTrailerError",
      "MissingContentLength",
      "MissingContentMD5",
      "XAmzContentSHA256Mismatch");

  /** Where an error names the header that it is about. */
  private static final Pattern NAMED = Pattern.compile("<(?:Header|ArgumentName)>([^<]{1,100})<");

  private final boolean checksum;
  private final boolean condition;
  private final boolean lock;
  private final String named;
  private final boolean readsAnswered;
  private final transient Optional<CredentialChain.SignedBy> signedBy;

  private RefusedRequest(
      SdkHttpRequest request, String named, boolean sendsChecksums, boolean readsAnswered) {
    super("refused request", null, false, false);
    // Some requests carry a checksum whatever is set: a setting that is set already is no help.
    this.checksum = sendsChecksums
        && request.headers().keySet().stream()
            .anyMatch(
                name -> CHECKSUM_HEADER.matcher(name.toLowerCase(Locale.ROOT)).matches());
    this.condition = request.firstMatchingHeader("If-None-Match").isPresent();
    this.lock = request.firstMatchingHeader("x-amz-object-lock-mode").isPresent()
        || request.rawQueryParameters().containsKey("retention");
    this.named = named;
    this.signedBy = request
        .firstMatchingHeader("Authorization")
        .map(SIGNER::matcher)
        .filter(Matcher::find)
        .map(signer -> new CredentialChain.SignedBy(
            signer.group(1), request.firstMatchingHeader("X-Amz-Security-Token").orElse("")));
    this.readsAnswered = readsAnswered;
  }

  /** The request that an exception of the SDK is about. */
  static Optional<RefusedRequest> of(Throwable failure) {
    for (Throwable suppressed : failure.getSuppressed()) {
      if (suppressed instanceof RefusedRequest request) {
        return Optional.of(request);
      }
    }
    return Optional.empty();
  }

  /** Whose signature it carried; empty where it cannot be told. */
  Optional<CredentialChain.SignedBy> signedBy() {
    return signedBy;
  }

  /**
   * The setting that cures the refusal.
   *
   * @param code the store's error
   * @param said the store's words
   * @return the store's lack and the setting; empty where the request carried nothing unusual, or the
   *     error is about something else
   */
  Optional<String> advice(ErrorCode code, String said) {
    if (!mayBeAboutHeader(code)) {
      return Optional.empty();
    }
    if (lock && OF_LOCKS.matcher(said.toLowerCase(Locale.ROOT)).find()) {
      return Optional.of(LOCK_ADVICE);
    }
    String words = (said + " " + named).toLowerCase(Locale.ROOT);
    boolean namesCondition = OF_CONDITIONS.matcher(words).find();
    boolean namesChecksum =
        ABOUT_CHECKSUMS.contains(code.name()) || OF_CHECKSUMS.matcher(words).find();
    if (condition && namesCondition) {
      return Optional.of(CONDITION_ADVICE);
    }
    if (checksum && (namesChecksum || !condition || code.status() != 501)) {
      return Optional.of(
          namesChecksum
              ? CHECKSUM_ADVICE
              : "this store may not support checksum trailers; try checksums=when-required");
    }
    if (condition && checksum) {
      return Optional.of("this store does not support a header of the request, either checksum"
          + " trailers or If-None-Match; try checksums=when-required first. If that is refused too:"
          + " with create=checked one writer at a time may use this store");
    }
    return condition && !namesChecksum && code.status() == 501
        ? Optional.of(CONDITION_ADVICE)
        : Optional.empty();
  }

  private boolean mayBeAboutHeader(ErrorCode code) {
    if (ABOUT_CHECKSUMS.contains(code.name())) {
      return true;
    }
    return switch (code.status()) {
      case 400, 405, 415, 501 -> UNSPECIFIC.contains(code.name());
      case 411 -> true;
      // The credentials are right: they sign reads. Some stores sign trailers otherwise.
      case 403 -> checksum && readsAnswered && code.name().equals("SignatureDoesNotMatch");
      default -> false;
    };
  }

  /** Notes what refused requests carried. One for each client. Thread-safe. */
  static final class Notes implements ExecutionInterceptor {
    private static final ExecutionAttribute<String> HEADER =
        new ExecutionAttribute<>("coldstream.refused-header");

    private final boolean sendsChecksums;
    private volatile boolean readsAnswered;

    /**
     * Notes of one client.
     *
     * @param sendsChecksums whether its requests carry checksums by its settings
     */
    Notes(boolean sendsChecksums) {
      this.sendsChecksums = sendsChecksums;
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      readsAnswered |= context.httpRequest().method() == SdkHttpMethod.GET;
    }

    @Override
    public Throwable modifyException(
        Context.FailedExecution context, ExecutionAttributes attributes) {
      String named = Optional.ofNullable(attributes.getAttribute(HEADER)).orElse("");
      context
          .httpRequest()
          .ifPresent(request -> context
              .exception()
              .addSuppressed(new RefusedRequest(request, named, sendsChecksums, readsAnswered)));
      return context.exception();
    }

    /** Reads an error as it comes: the SDK keeps its code and its message only. */
    @Override
    public Optional<InputStream> modifyHttpResponseContent(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      if (context.httpResponse().isSuccessful() || context.responseBody().isEmpty()) {
        return context.responseBody();
      }
      try (InputStream body = context.responseBody().get()) {
        byte[] error = body.readAllBytes();
        Matcher header = NAMED.matcher(new String(error, StandardCharsets.UTF_8));
        attributes.putAttribute(HEADER, header.find() ? header.group(1) : "");
        return Optional.of(new ByteArrayInputStream(error));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
