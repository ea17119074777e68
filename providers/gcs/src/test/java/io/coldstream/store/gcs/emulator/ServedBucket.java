package io.coldstream.store.gcs.emulator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server of a test's own, with the bucket {@code b}. */
abstract class ServedBucket {

  final GcsServer server = GcsServer.inMemory();
  final TestClient client = new TestClient(server);

  @BeforeEach
  final void bucket() {
    server.createBucket("b");
  }

  @AfterEach
  final void stop() {
    server.close();
  }
}
