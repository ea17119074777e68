package io.coldstream.store.gcs.emulator;

/** A request that is refused: the status, and what the error's body says. */
final class Refusal extends RuntimeException {

  /** Of the service's own errors, those that are sent as a line of text instead of as JSON. */
  private final boolean plain;

  private final int status;
  private final String reason;

  private Refusal(int status, String reason, String message, boolean plain) {
    super(message, null, false, false);
    this.status = status;
    this.reason = reason;
    this.plain = plain;
  }

  Refusal(int status, String reason, String message) {
    this(status, reason, message, false);
  }

  /** What the upload service says in a line of text. */
  static Refusal plain(int status, String message) {
    return new Refusal(status, "", message, true);
  }

  static Refusal invalid(String message) {
    return new Refusal(400, "invalid", message);
  }

  static Refusal noBucket() {
    return new Refusal(404, "notFound", "The specified bucket does not exist.");
  }

  static Refusal noObject(String bucket, String name) {
    return new Refusal(404, "notFound", "No such object: " + bucket + "/" + name);
  }

  static Refusal condition() {
    return new Refusal(
        412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }

  boolean isPlain() {
    return plain;
  }
}
