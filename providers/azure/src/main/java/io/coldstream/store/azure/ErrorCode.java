package io.coldstream.store.azure;

import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Operation;
import java.util.Locale;
import java.util.Set;

/**
 * An error that a store answered, what it means to a caller, and the sentence for people. Only what
 * means UNAVAILABLE is retried.
 *
 * @param name Azure's error code; empty when the answer had none, as with a proxy's answer
 * @param status the HTTP status; 2xx when a success made no sense
 * @param said what the store said beside, for the few cases that only the text tells apart
 */
record ErrorCode(String name, int status, String said) {

  private static final Set<String> BUSY = Set.of(
      "ServerBusy",
      "InternalError",
      "OperationTimedOut",
      "ContainerBeingDeleted",
      "AccountBeingCreated",
      "InvalidBlockList",
      "BlobOverwritten",
      "TooManyRequests");

  private static final Set<String> DENIED = Set.of(
      "AccountIsDisabled",
      "AuthenticationFailed",
      "AuthorizationFailure",
      "AuthorizationPermissionMismatch",
      "AuthorizationProtocolMismatch",
      "AuthorizationResourceTypeMismatch",
      "AuthorizationServiceMismatch",
      "AuthorizationSourceIPMismatch",
      "InsufficientAccountPermissions",
      "InvalidAuthenticationInfo",
      "KeyBasedAuthenticationNotPermitted",
      "NoAuthenticationInformation",
      "PublicAccessNotPermitted");

  /** The content was altered in transit. */
  private static final Set<String> DAMAGED = Set.of("Md5Mismatch", "Crc64Mismatch");

  private static final Set<String> RETAINED = Set.of(
      "BlobImmutableDueToPolicy",
      "BlobImmutableDueToLegalHold",
      "ImmutabilityPolicyDeleteOnLockedPolicy");

  private static final Set<String> ARCHIVED = Set.of("BlobArchived", "BlobBeingRehydrated");

  private static final Set<String> FOREIGN_BLOCKS = Set.of("InvalidBlobOrBlock", "InvalidBlockId");

  /** What a caller acts on. */
  Kind kind(Operation operation) {
    boolean putting = operation == Operation.PUT;
    if (BUSY.contains(name)) {
      return Kind.UNAVAILABLE;
    }
    if (name.equals("UnauthorizedBlobOverwrite")) {
      // The identity may create and not overwrite, and there was something to be overwritten.
      return putting ? Kind.ALREADY_EXISTS : Kind.ACCESS_DENIED;
    }
    if (DENIED.contains(name)) {
      return Kind.ACCESS_DENIED;
    }
    if (isDamaged()) {
      // The store has refused content that was altered in transit: try again.
      return putting ? Kind.UNAVAILABLE : Kind.CORRUPT;
    }
    if (RETAINED.contains(name)) {
      // Only a blob that exists can be retained.
      return putting ? Kind.ALREADY_EXISTS : Kind.LOCKED;
    }
    if (isAboutLocks()) {
      return Kind.REJECTED;
    }
    if (ARCHIVED.contains(name)) {
      return operation == Operation.READ ? Kind.CORRUPT : Kind.REJECTED;
    }
    return switch (name) {
      case "BlobNotFound", "ResourceNotFound" -> Kind.NOT_FOUND;
      case "BlobAlreadyExists", "ResourceAlreadyExists" ->
        putting ? Kind.ALREADY_EXISTS : Kind.REJECTED;
      case "ConditionNotMet", "TargetConditionNotMet" -> failedCondition(operation);
      case "ContainerNotFound", "ContainerDisabled", "InvalidRange", "LeaseIdMissing" ->
        Kind.REJECTED;
      default -> kindOfStatus(operation);
    };
  }

  /** An emulator says InvalidOperation, with a text. */
  private boolean isDamaged() {
    return DAMAGED.contains(name)
        || (name.equals("InvalidOperation") && said.contains("contentMD5"));
  }

  /** Not about a lock that is there, but about setting one. */
  private boolean isAboutLocks() {
    return (status == 400 || status == 409)
        && said.toLowerCase(Locale.ROOT).contains("immutab")
        && !RETAINED.contains(name);
  }

  private Kind kindOfStatus(Operation operation) {
    return switch (status) {
      case 401, 403, 407 -> Kind.ACCESS_DENIED;
      case 404 -> operation.needsObject() ? Kind.NOT_FOUND : Kind.REJECTED;
      case 412 -> failedCondition(operation);
      case 408, 409, 425, 429 -> Kind.UNAVAILABLE;
      case 501, 505 -> Kind.REJECTED;
      default -> status >= 500 || status < 300 ? Kind.UNAVAILABLE : Kind.REJECTED;
    };
  }

  /** The only conditions that we send: a put's name must be free, a read's version still there. */
  private static Kind failedCondition(Operation operation) {
    return switch (operation) {
      case PUT -> Kind.ALREADY_EXISTS;
      case READ -> Kind.NOT_FOUND;
      case OPEN, STAT, LIST, LOCK, READ_LOCK, DELETE, SWEEP -> Kind.REJECTED;
    };
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
    if (kind == Kind.ACCESS_DENIED
        && said.matches("(?is).*(request date header|date header in the request).*")) {
      return "this machine's clock is wrong; set the clock";
    }
    if (kind == Kind.ACCESS_DENIED
        && said.matches("(?is).*signature not valid in the specified time frame.*")) {
      return "the shared access signature has expired or is not valid yet; renew it, or set the clock";
    }
    if (ARCHIVED.contains(name)) {
      return "the blob is in the archive tier; bring it back to an online tier first";
    }
    if (isAboutLocks()) {
      return "the blob cannot be locked: the setting lock needs version-level immutability, which"
          + " the account or the container must have; enable it, or remove the setting";
    }
    if (RETAINED.contains(name) && kind == Kind.LOCKED) {
      return "an immutability policy or a legal hold retains the blob";
    }
    if (FOREIGN_BLOCKS.contains(name) && operation == Operation.PUT) {
      return "another program has begun to upload a blob of this name; what it sent expires a week"
          + " after its last block";
    }
    return switch (name) {
      case "ContainerNotFound" -> "there is no such container; create it, Coldstream never does";
      case "InvalidBlockList" ->
        "blocks of the unfinished upload are gone; the next attempt sends them again";
      case "AuthorizationFailure" ->
        "access denied; check the account's network rules, and what the credentials allow";
      case "AuthorizationPermissionMismatch" ->
        "access denied; the role or signature does not allow this";
      case "KeyBasedAuthenticationNotPermitted" ->
        "access denied; the account takes no keys, use a role";
      case "LeaseIdMissing" -> "somebody holds a lease on the blob; end it first";
      default -> ofKind(operation, kind);
    };
  }

  private String ofKind(Operation operation, Kind kind) {
    return switch (kind) {
      case NOT_FOUND ->
        status == 412 ? "no longer that version of the object" : "there is no such object";
      case ALREADY_EXISTS -> "the name is taken";
      case ACCESS_DENIED -> "access denied; check the credentials and what they allow";
      case CORRUPT -> "the store received other bytes than were sent";
      case UNAVAILABLE ->
        operation == Operation.PUT && isDamaged()
            ? "the store received other bytes than were sent, and refused them; try again"
            : "the store is busy or out of order; try again";
      case LOCKED -> "a lock keeps the blob until it ends";
      case REJECTED -> "the store will not do this";
      case SOURCE_UNREADABLE -> "the source was refused";
    };
  }
}
