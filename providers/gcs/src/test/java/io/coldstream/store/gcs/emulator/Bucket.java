package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A bucket. Each of its methods is atomic: between a look at the conditions and the change that
 * they allow nothing else happens.
 */
final class Bucket {

  /** By the bytes of UTF-8, as the service lists. */
  static final Comparator<String> ORDER =
      Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final String name;
  private final Clock clock;
  private final ObjectNode fields;
  private final NavigableMap<String, StoredObject> live = new TreeMap<>(ORDER);
  private final List<StoredObject> past = new ArrayList<>();
  private long lastGeneration;

  Bucket(String name, ObjectNode given, Clock clock) {
    this.name = name;
    this.clock = clock;
    String now = now().toString();
    fields = Json.object()
        .put("kind", "storage#bucket")
        .put("id", name)
        .put("name", name)
        .put("projectNumber", "1")
        .put("metageneration", "1")
        .put("location", "US")
        .put("locationType", "multi-region")
        .put("storageClass", "STANDARD")
        .put("etag", "CAE=")
        .put("timeCreated", now)
        .put("updated", now);
    Json.merge(fields, given.deepCopy());
  }

  String name() {
    return name;
  }

  /** The resource; a copy. */
  synchronized ObjectNode resource() {
    return fields.deepCopy();
  }

  /** Lays fields over the resource, as a PATCH does. */
  synchronized void patch(ObjectNode given) {
    Json.merge(fields, given.deepCopy());
    fields.put("metageneration", Long.toString(fields.get("metageneration").asLong() + 1));
    fields.put("updated", now().toString());
  }

  synchronized boolean isEmpty() {
    return live.isEmpty() && past.isEmpty();
  }

  /** The live object, or the named generation of it. */
  synchronized Optional<StoredObject> find(String object, OptionalLong generation) {
    Optional<StoredObject> there = Optional.ofNullable(live.get(object));
    if (generation.isEmpty() || there.filter(o -> is(o, object, generation)).isPresent()) {
      return there;
    }
    return past.stream().filter(o -> is(o, object, generation)).findFirst();
  }

  /** The live objects in their order, and past ones before the live one of the same name. */
  synchronized List<StoredObject> objects(boolean versions) {
    List<StoredObject> all = new ArrayList<>(live.values());
    if (versions) {
      all.addAll(past);
      all.sort(Comparator.comparing(StoredObject::name, ORDER)
          .thenComparingLong(StoredObject::generation));
    }
    return all;
  }

  synchronized boolean isLive(StoredObject object) {
    return live.get(object.name()) == object;
  }

  /** Makes an object visible, in place of the one there may be. */
  synchronized StoredObject insert(
      String object, ObjectNode given, Preconditions conditions, Bytes bytes, Digests.Values md) {
    Optional<StoredObject> there = Optional.ofNullable(live.get(object));
    conditions.check(there);
    there.ifPresent(this::checkRetention);
    Instant now = now();
    Retention.check(fields, Optional.empty(), given, now);
    StoredObject made = new StoredObject(
        name, object, nextGeneration(now), 1, bytes, md, now, now, completed(given, now));
    there.ifPresent(this::supersede);
    live.put(object, made);
    return made;
  }

  /** Lays fields over an object's. */
  synchronized StoredObject patchObject(
      String object, OptionalLong generation, Preconditions conditions, ObjectNode given) {
    StoredObject there = existing(object, generation);
    conditions.check(Optional.of(there));
    ObjectNode merged = there.given().deepCopy();
    Json.merge(merged, given.deepCopy());
    if (Retention.isIn(given)) {
      Retention.check(fields, Optional.of(there.given()), merged, now());
    }
    StoredObject patched = there.patched(merged, now());
    if (live.get(object) == there) {
      live.put(object, patched);
    } else {
      past.set(past.indexOf(there), patched);
    }
    return patched;
  }

  /** Takes an object away; a versioned bucket keeps it as a past one unless its generation is named. */
  synchronized void delete(String object, OptionalLong generation, Preconditions conditions) {
    StoredObject there = existing(object, generation);
    conditions.check(Optional.of(there));
    checkRetention(there);
    if (live.get(object) != there) {
      past.remove(there);
      return;
    }
    live.remove(object);
    if (generation.isEmpty()) {
      supersede(there);
    }
  }

  private StoredObject existing(String object, OptionalLong generation) {
    return find(object, generation).orElseThrow(() -> Refusal.noObject(name, object));
  }

  private static boolean is(StoredObject found, String object, OptionalLong generation) {
    return found.name().equals(object) && found.generation() == generation.getAsLong();
  }

  private void supersede(StoredObject there) {
    if (fields.path("versioning").path("enabled").asBoolean()) {
      ObjectNode given = there.given().deepCopy();
      past.add(new StoredObject(
          name,
          there.name(),
          there.generation(),
          there.metageneration(),
          there.bytes(),
          there.digests(),
          there.created(),
          there.updated(),
          given.put("timeDeleted", now().toString())));
    }
  }

  private void checkRetention(StoredObject there) {
    Retention.checkRemoval(there, now());
    long seconds = fields.path("retentionPolicy").path("retentionPeriod").asLong();
    Instant until = there.created().plus(Duration.ofSeconds(seconds));
    if (now().isBefore(until)) {
      throw new Refusal(
          403,
          "retentionPolicyNotMet",
          "Object '" + name + "/" + there.name()
              + "' is subject to bucket's retention policy and cannot be deleted or overwritten"
              + " until " + until);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Microseconds, as the service counts; never the same twice. */
  private long nextGeneration(Instant now) {
    long micros = TimeUnit.MILLISECONDS.toMicros(now.toEpochMilli());
    lastGeneration = Math.max(lastGeneration + 1, micros);
    return lastGeneration;
  }

  private ObjectNode completed(ObjectNode given, Instant now) {
    ObjectNode whole = given.deepCopy();
    if (!whole.has("storageClass")) {
      whole.set("storageClass", fields.get("storageClass"));
    }
    JsonNode key = whole.has("kmsKeyName")
        ? whole.get("kmsKeyName")
        : fields.path("encryption").path("defaultKmsKeyName");
    if (key.isTextual()) {
      // An object names the version of the key that it was written with.
      whole.put("kmsKeyName", key.asText() + "/cryptoKeyVersions/1");
    }
    long seconds = fields.path("retentionPolicy").path("retentionPeriod").asLong();
    if (seconds > 0) {
      whole.put("retentionExpirationTime", now.plusSeconds(seconds).toString());
    }
    return whole;
  }
}
