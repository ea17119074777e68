package io.coldstream.store.testkit;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreTools;

class PartedStoreContractTest implements ObjectStoreContract {

  private final MemoryPlace place = new MemoryPlace();

  @Override
  public ObjectStore open(String prefix) {
    return new PartedStore(place.open(prefix), (int) partSizeBytes(), StoreTools.NONE);
  }
}
