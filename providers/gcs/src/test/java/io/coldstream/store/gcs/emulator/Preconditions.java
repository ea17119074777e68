package io.coldstream.store.gcs.emulator;

import java.util.Optional;
import java.util.OptionalLong;

/** What a request wants to be true of the live object. Generation 0 means no object. */
record Preconditions(
    OptionalLong generation,
    OptionalLong generationNot,
    OptionalLong metageneration,
    OptionalLong metagenerationNot) {

  static Preconditions of(Request request) {
    return new Preconditions(
        request.number("ifGenerationMatch"),
        request.number("ifGenerationNotMatch"),
        request.number("ifMetagenerationMatch"),
        request.number("ifMetagenerationNotMatch"));
  }

  /** For a change. */
  void check(Optional<StoredObject> there) {
    if (!matches(there) || isUnchanged(there)) {
      throw Refusal.condition();
    }
  }

  /** For reading: what the caller has already is not an error. */
  void checkReading(StoredObject there) {
    if (!matches(Optional.of(there))) {
      throw Refusal.condition();
    }
    if (isUnchanged(Optional.of(there))) {
      throw new Refusal(304, "", "");
    }
  }

  private boolean matches(Optional<StoredObject> there) {
    return holds(generation, there.map(StoredObject::generation).orElse(0L))
        && holds(metageneration, there.map(StoredObject::metageneration).orElse(0L));
  }

  private boolean isUnchanged(Optional<StoredObject> there) {
    return generationNot.isPresent()
            && holds(generationNot, there.map(StoredObject::generation).orElse(0L))
        || metagenerationNot.isPresent()
            && holds(metagenerationNot, there.map(StoredObject::metageneration).orElse(0L));
  }

  private static boolean holds(OptionalLong wanted, long found) {
    return wanted.isEmpty() || wanted.getAsLong() == found;
  }
}
