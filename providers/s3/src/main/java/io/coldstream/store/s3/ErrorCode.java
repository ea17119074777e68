package io.coldstream.store.s3;

import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Operation;
import java.util.Set;

/**
 * An error that a store answered, what it means to a caller, and the sentence for people. Only what
 * means UNAVAILABLE is retried.
 *
 * @param name S3's error code; empty when the answer had none, as with a proxy's answer
 * @param status the HTTP status; 2xx when the error came in the body of a success
 */
record ErrorCode(String name, int status) {

  private static final Set<String> BUSY = Set.of(
      "SlowDown",
      "SlowDownRead",
      "SlowDownWrite",
      "ServiceUnavailable",
      "InternalError",
      "RequestTimeout",
      "RequestTimeoutException",
      "Throttling",
      "ThrottlingException",
      "TooManyRequests",
      "TooManyRequestsException",
      "RequestLimitExceeded",
      "BandwidthLimitExceeded",
      "OperationAborted",
      "ConditionalRequestConflict",
      "NoSuchUpload",
      "IncompleteBody",
      "Busy");

  private static final Set<String> DENIED = Set.of(
      "AccessDenied",
      "AccessDeniedException",
      "AllAccessDisabled",
      "AccountProblem",
      "ExpiredToken",
      "ExpiredTokenException",
      "TokenRefreshRequired",
      "InvalidToken",
      "InvalidAccessKeyId",
      "SignatureDoesNotMatch",
      "RequestTimeTooSkewed",
      "RequestExpired",
      "NotSignedUp",
      "InvalidSecurity",
      "UnauthorizedAccess",
      "Unauthorized");

  private static final Set<String> DAMAGED =
      Set.of("BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch");

  private static final Set<String> STALE_CREDENTIALS =
      Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired");

  private static final Set<String> REGION = Set.of(
      "PermanentRedirect",
      "TemporaryRedirect",
      "Redirect",
      "AuthorizationHeaderMalformed",
      "IllegalLocationConstraintException",
      "MovedPermanently");

  /** Whether the credentials were right once, or are of no use yet: others may be there by now. */
  boolean isAboutOldCredentials() {
    return STALE_CREDENTIALS.contains(name)
        || name.equals("InvalidToken")
        || name.equals("InvalidAccessKeyId");
  }

  /** Whether the answer says that another region is meant; it may name it. */
  boolean isAboutRegion() {
    return REGION.contains(name) || (status >= 301 && status <= 308);
  }

  /**
   * What a caller acts on.
   *
   * @param operation what was asked for
   * @param regionTold whether the answer named a region
   */
  Kind kind(Operation operation, boolean regionTold) {
    if (BUSY.contains(name)) {
      return Kind.UNAVAILABLE;
    }
    if (DENIED.contains(name) || name.startsWith("KMS.AccessDenied")) {
      return Kind.ACCESS_DENIED;
    }
    if (DAMAGED.contains(name)) {
      // The store has refused content that was altered in transit: try again.
      return operation == Operation.PUT ? Kind.UNAVAILABLE : Kind.CORRUPT;
    }
    return switch (name) {
      case "InvalidDigest" -> Kind.CORRUPT;
      // An object that a lifecycle rule has archived: as unreadable as a damaged one until somebody
      // restores it.
      case "InvalidObjectState" -> operation == Operation.READ ? Kind.CORRUPT : Kind.REJECTED;
      case "NoSuchKey", "NoSuchVersion" -> Kind.NOT_FOUND;
      case "PreconditionFailed" -> failedCondition(operation);
      case "AuthorizationHeaderMalformed" -> regionTold ? Kind.REJECTED : Kind.ACCESS_DENIED;
      case "NoSuchBucket", "InvalidRange" -> Kind.REJECTED;
      default -> kindOfStatus(operation);
    };
  }

  private Kind kindOfStatus(Operation operation) {
    return switch (status) {
      case 401, 403 -> Kind.ACCESS_DENIED;
      case 404 -> operation.needsObject() ? Kind.NOT_FOUND : Kind.REJECTED;
      case 412 -> failedCondition(operation);
      case 408, 409, 425, 429 -> Kind.UNAVAILABLE;
      case 501, 505 -> Kind.REJECTED;
      default -> status >= 500 || status < 300 ? Kind.UNAVAILABLE : Kind.REJECTED;
    };
  }

  /** The only conditions that we send: a put's name must be free, a read's version still there. */
  private static Kind failedCondition(Operation operation) {
    return operation == Operation.PUT ? Kind.ALREADY_EXISTS : Kind.NOT_FOUND;
  }

  /**
   * What went wrong and what to do.
   *
   * @param operation what was asked for
   * @param kind what {@link #kind} said
   * @param region the region that the answer named; may be empty
   */
  String advice(Operation operation, Kind kind, String region) {
    return what(operation, kind, region) + shown();
  }

  /** The error as a message ends with it. */
  String shown() {
    return " (" + (name.isEmpty() ? "" : name + ", ") + "HTTP " + status + ")";
  }

  private String what(Operation operation, Kind kind, String region) {
    if (!region.isEmpty()) {
      return "the bucket is in region " + region + "; set region=" + region;
    }
    if (STALE_CREDENTIALS.contains(name)) {
      return "the credentials have expired; renew them";
    }
    if (operation == Operation.PUT && DAMAGED.contains(name)) {
      return "the store received other bytes than were sent, and refused them; try again";
    }
    return switch (name) {
      case "NoSuchBucket" -> "there is no such bucket; create it, Coldstream never does";
      case "RequestTimeTooSkewed" -> "this machine's clock is wrong; set the clock";
      case "NoSuchKey", "NoSuchVersion" -> "there is no such object";
      case "NoSuchUpload" -> "the unfinished upload is gone; the next attempt begins anew";
      case "InvalidObjectState" -> "the object is archived; restore it to a readable class first";
      default -> isAboutRegion() ? "the bucket is elsewhere; set region" : ofKind(operation, kind);
    };
  }

  private String ofKind(Operation operation, Kind kind) {
    return switch (kind) {
      case NOT_FOUND ->
        status == 412 ? "no longer that version of the object" : "there is no such object";
      case ALREADY_EXISTS -> "the name is taken";
      case ACCESS_DENIED ->
        "access denied; check the credentials and what the bucket's policy and KMS key allow them";
      case CORRUPT -> "the store received other bytes than were sent";
      case UNAVAILABLE -> "the store is busy or out of order; try again";
      case LOCKED -> "a lock keeps the object until it ends";
      case REJECTED ->
        status == 501
            ? "the store does not support this request"
            : "the store refuses this request";
      case SOURCE_UNREADABLE -> "the source was refused";
    };
  }
}
