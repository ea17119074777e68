package io.coldstream.store.local;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.ObjectStoreContract;
import io.coldstream.store.testkit.Opened;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreContractTest implements ObjectStoreContract {

  @TempDir
  Path place;

  @Override
  public ObjectStore open(String prefix) throws Exception {
    Path root = place.resolve(prefix);
    Files.createDirectories(root.getParent());
    return Opened.store(StoreTools.NONE, root.toUri().toString(), Map.of("part-size", "64KiB"));
  }

  @Override
  public ObjectStore openWithPartSize(String prefix, long partSizeBytes) throws Exception {
    String url = place.resolve(prefix).toUri().toString();
    return Opened.store(url, Map.of("part-size", String.valueOf(partSizeBytes)));
  }
}
