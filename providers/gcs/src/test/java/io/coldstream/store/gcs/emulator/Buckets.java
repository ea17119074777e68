package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All buckets. */
final class Buckets {

  private final ConcurrentNavigableMap<String, Bucket> byName = new ConcurrentSkipListMap<>();
  private final Clock clock;

  Buckets(Clock clock) {
    this.clock = clock;
  }

  Bucket create(String name, ObjectNode given) {
    Bucket bucket = new Bucket(name, given, clock);
    if (byName.putIfAbsent(name, bucket) != null) {
      throw new Refusal(
          409,
          "conflict",
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
    return bucket;
  }

  Bucket get(String name) {
    Bucket bucket = byName.get(name);
    if (bucket == null) {
      throw Refusal.noBucket();
    }
    return bucket;
  }

  void delete(String name) {
    if (!get(name).isEmpty()) {
      throw new Refusal(409, "conflict", "The bucket you tried to delete is not empty.");
    }
    byName.remove(name);
  }

  Collection<Bucket> all() {
    return byName.values();
  }
}
