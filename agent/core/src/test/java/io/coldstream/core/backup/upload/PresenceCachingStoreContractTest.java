package io.coldstream.core.backup.upload;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.LockContract;
import io.coldstream.store.testkit.MemoryStore;
import io.coldstream.store.testkit.ObjectStoreContract;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

class PresenceCachingStoreContractTest implements ObjectStoreContract, LockContract {

  private final Map<String, MemoryStore> places = new HashMap<>();

  @Override
  public ObjectStore open(String prefix) {
    MemoryStore place = places.computeIfAbsent(prefix, p -> new MemoryStore(3, Clock.systemUTC()));
    return new PresenceCachingStore(place.reopen(), 1000);
  }

  /** What a process has in memory ends with it. */
  @Override
  public boolean resumes() {
    return false;
  }
}
