package io.coldstream.store.testkit;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Stores in memory by prefix, with pages small enough to need many. */
final class MemoryPlace {

  private final Map<String, MemoryStore> stores = new HashMap<>();

  MemoryStore open(String prefix) {
    return stores
        .computeIfAbsent(prefix, p -> new MemoryStore(3, Clock.systemUTC()))
        .reopen();
  }
}
