package io.coldstream.store.testkit;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.spi.StoreTools;
import java.util.HashMap;
import java.util.Map;

class PartedStoreContractTest implements ObjectStoreContract, LockContract {

  private final MemoryPlace place = new MemoryPlace();
  private final Map<String, PartedStore> stores = new HashMap<>();

  @Override
  public ObjectStore open(String prefix) {
    return stores
        .computeIfAbsent(
            prefix, p -> new PartedStore(place.open(p), (int) partSizeBytes(), StoreTools.NONE))
        .reopen();
  }
}
