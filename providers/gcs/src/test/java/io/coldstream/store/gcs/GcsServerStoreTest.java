package io.coldstream.store.gcs;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.testkit.ObjectStoreContract;
import io.coldstream.store.testkit.Opened;
import io.coldstream.store.testkit.TestTools;
import io.coldstream.store.testkit.emulator.Emulator;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on a server of our own. */
@Emulator("own GCS server")
class GcsServerStoreTest implements ObjectStoreContract {

  private final GcsServer server = OnServer.server();

  @TempDir
  private Path sessions;

  @Override
  public ObjectStore open(String prefix) throws Exception {
    return openWithPartSize(prefix, partSizeBytes());
  }

  @Override
  public ObjectStore openWithPartSize(String prefix, long partSizeBytes) throws Exception {
    return Opened.store(
        TestTools.parallel(sessions),
        "gs://" + OnServer.BUCKET + "/" + prefix,
        Map.of(
            "endpoint",
            server.url().toString(),
            "anonymous",
            "true",
            "part-size",
            (partSizeBytes >> 10) + "KiB"));
  }

  @Override
  public long partSizeBytes() {
    return OnServer.PART_BYTES;
  }

  @AfterEach
  void end() {
    server.close();
  }
}
