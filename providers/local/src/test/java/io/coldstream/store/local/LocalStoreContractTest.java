package io.coldstream.store.local;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreSettings;
import io.coldstream.store.StoreUrl;
import io.coldstream.store.testkit.ObjectStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreContractTest implements ObjectStoreContract {

  @TempDir
  Path place;

  @Override
  public ObjectStore open(String prefix) throws Exception {
    Path root = place.resolve(prefix);
    Files.createDirectories(root.getParent());
    return new LocalStoreProvider()
        .open(StoreUrl.parse(root.toUri().toString()), StoreSettings.of(Map.of(), Set.of()));
  }
}
