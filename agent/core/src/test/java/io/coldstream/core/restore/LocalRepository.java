package io.coldstream.core.restore;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.MemoryStore;
import io.coldstream.store.testkit.Opened;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A repository in a directory. */
public final class LocalRepository {

  private LocalRepository() {}

  public static ObjectStore open(Path folder) throws StoreException {
    return Opened.store(folder.toUri().toString(), Map.of());
  }

  /** Copies every object of a store into a directory, as the adapter for directories lays it out. */
  public static void copy(MemoryStore from, Path folder) throws Exception {
    Files.createDirectories(folder);
    try (ObjectStore to = open(folder)) {
      for (Map.Entry<ObjectName, byte[]> object : from.contents().entrySet()) {
        to.put(new PutRequest(object.getKey(), Content.of(object.getValue()), Placement.STANDARD));
      }
    }
  }
}
