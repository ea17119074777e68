package io.coldstream.store.gcs;

import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Operation;
import java.util.Locale;
import java.util.Set;

/**
 * An error that the store answered, what it means to a caller, and the sentence for people. Only what
 * means UNAVAILABLE is retried.
 *
 * @param name the reason of its first error; empty when the answer had none, as with a proxy's
 * @param status the HTTP status
 * @param message what it said; decides only what nothing else tells
 */
record ErrorReason(String name, int status, String message) {

  private static final Set<String> BUSY = Set.of(
      "rateLimitExceeded",
      "userRateLimitExceeded",
      "backendError",
      "internalError",
      "uploadBrokenConnection",
      "concurrentUpdate");

  private static final Set<String> HELD = Set.of("retentionPolicyNotMet", "objectUnderActiveHold");

  /**
   * What a caller acts on.
   *
   * @param operation what was asked for
   */
  Kind kind(Operation operation) {
    if (BUSY.contains(name)) {
      return Kind.UNAVAILABLE;
    }
    if (operation == Operation.PUT && isAboutChecksum()) {
      // The store has refused content that was altered in transit: try again.
      return Kind.UNAVAILABLE;
    }
    if (isHeld() && operation != Operation.PUT) {
      return Kind.LOCKED;
    }
    return switch (status) {
      case 401, 403 -> Kind.ACCESS_DENIED;
      case 404, 410 -> operation.needsObject() && !isAboutBucket() ? Kind.NOT_FOUND : Kind.REJECTED;
      // The only conditions that we send: a put's name must be free, a read's version still there.
      case 412 -> operation == Operation.PUT ? Kind.ALREADY_EXISTS : Kind.NOT_FOUND;
      case 408, 409, 425, 429 -> Kind.UNAVAILABLE;
      case 501, 505 -> Kind.REJECTED;
      default -> status >= 500 || status < 300 ? Kind.UNAVAILABLE : Kind.REJECTED;
    };
  }

  /** Whether what was sent has another checksum than was said. */
  private boolean isAboutChecksum() {
    String lower = message.toLowerCase(Locale.ROOT);
    return status == 400
        && (lower.contains("crc32c") || lower.contains("md5") || lower.contains("checksum"));
  }

  /** A store tells it by a reason, or as any other denial with a text. */
  private boolean isHeld() {
    String lower = message.toLowerCase(Locale.ROOT);
    return HELD.contains(name)
        || (status == 403 && lower.contains("is subject to") && lower.contains("retention"));
  }

  /** Whether the bucket does not let objects have a retention of their own. */
  private boolean lacksRetention() {
    return status == 400 && message.toLowerCase(Locale.ROOT).contains("retention");
  }

  private boolean isAboutBucket() {
    return message.toLowerCase(Locale.ROOT).contains("bucket does not exist");
  }

  /**
   * What went wrong and what to do.
   *
   * @param operation what was asked for
   * @param kind what {@link #kind} said
   */
  String advice(Operation operation, Kind kind) {
    String shown = (name.isEmpty() ? "" : name + ", ") + "HTTP " + status;
    return what(operation, kind) + " (" + shown + ")";
  }

  private String what(Operation operation, Kind kind) {
    if (isHeld()) {
      return "a retention or a hold keeps the object; try again when that has ended";
    }
    if (lacksRetention()) {
      return "the object cannot be locked: the setting lock needs a bucket with object retention;"
          + " enable it on the bucket, or remove the setting";
    }
    if (operation == Operation.PUT && isAboutChecksum()) {
      return "the store received other bytes than were sent, and refused them; try again";
    }
    if (name.equals("userProjectMissing") || message.contains("requester pays")) {
      return "the bucket's owner does not pay for requests; name who does with the setting project";
    }
    return switch (kind) {
      case NOT_FOUND ->
        status == 412 ? "no longer that version of the object" : "there is no such object";
      case ALREADY_EXISTS -> "the name is taken";
      case ACCESS_DENIED ->
        status == 401
            ? "the credentials are missing, wrong or expired; renew them"
            : "access denied; check what roles the credentials have on the bucket, and the KMS key's";
      case CORRUPT -> "the store received other bytes than were sent";
      case UNAVAILABLE -> "the store is busy or out of order; try again";
      case LOCKED -> "a retention keeps the object until it ends";
      case REJECTED ->
        status == 404
            ? "there is no such bucket; create it, Coldstream never does"
            : "the store will not do this";
      case SOURCE_UNREADABLE -> "the source was refused";
    };
  }
}
