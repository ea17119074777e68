package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The retention of an object, as it is documented: only in a bucket that has it enabled, never in the
 * past, and once it is there never shorter, laxer or taken away. What needs
 * {@code overrideUnlockedRetention} is refused to everybody.
 */
final class Retention {

  private static final String FIELD = "retention";
  private static final String UNTIL = "retainUntilTime";

  private Retention() {}

  /** Whether fields of an object ask for a retention. */
  static boolean isIn(ObjectNode given) {
    return given.has(FIELD);
  }

  /** Refuses a retention that a new object cannot have, and a change that an object's cannot have. */
  static void check(JsonNode bucket, Optional<ObjectNode> before, ObjectNode given, Instant now) {
    if (!isIn(given)) {
      return;
    }
    if (!bucket.path("objectRetention").path("mode").asText().equals("Enabled")) {
      throw Refusal.invalid("Object retention cannot be set: bucket "
          + bucket.path("name").asText() + " does not have object retention enabled.");
    }
    Instant until = until(given)
        .orElseThrow(() -> Refusal.invalid("Retention needs a mode and a retainUntilTime."));
    if (!until.isAfter(now)) {
      throw Refusal.invalid("The retainUntilTime must be in the future.");
    }
    Optional<Instant> held = before.flatMap(Retention::until).filter(now::isBefore);
    boolean laxer = before.isPresent()
        && !before.get().path(FIELD).path("mode").equals(given.path(FIELD).path("mode"));
    if (held.isPresent() && (until.isBefore(held.get()) || laxer)) {
      throw new Refusal(
          403,
          "forbidden",
          "The object is subject to object retention, which can only be extended.");
    }
  }

  /** Refuses to take away what is retained. */
  static void checkRemoval(StoredObject there, Instant now) {
    Optional<Instant> held = until(there.given()).filter(now::isBefore);
    if (held.isPresent()) {
      throw new Refusal(
          403,
          "retentionPolicyNotMet",
          "Object '" + there.bucket() + "/" + there.name()
              + "' is subject to object retention and cannot be deleted or overwritten until "
              + held.get());
    }
  }

  private static Optional<Instant> until(ObjectNode given) {
    JsonNode retention = given.path(FIELD);
    try {
      return retention.hasNonNull("mode") && retention.hasNonNull(UNTIL)
          ? Optional.of(Instant.parse(retention.get(UNTIL).asText()))
          : Optional.empty();
    } catch (DateTimeException e) {
      throw Refusal.invalid("Invalid retainUntilTime.");
    }
  }
}
