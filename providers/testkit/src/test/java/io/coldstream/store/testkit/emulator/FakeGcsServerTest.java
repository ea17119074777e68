package io.coldstream.store.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@NeedsEmulator("fake-gcs-server")
class FakeGcsServerTest {

  @Test
  void anObjectIsKept() throws Exception {
    var server = FakeGcsServer.running().endpoint();
    var bucket = Http.send("POST", server.resolve("/storage/v1/b"), "{\"name\":\"smoke\"}");
    assertThat(bucket.statusCode()).isEqualTo(200);
    var upload = server.resolve("/upload/storage/v1/b/smoke/o?uploadType=media&name=object");
    assertThat(Http.send("POST", upload, "hello").statusCode()).isEqualTo(200);
    var read = server.resolve("/storage/v1/b/smoke/o/object?alt=media");
    assertThat(Http.send("GET", read, "").body()).isEqualTo("hello");
  }
}
