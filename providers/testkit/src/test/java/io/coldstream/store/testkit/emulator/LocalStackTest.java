package io.coldstream.store.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@NeedsEmulator("localstack")
class LocalStackTest {

  @Test
  void anObjectIsKept() throws Exception {
    var server = LocalStack.running().endpoint();
    assertThat(Http.send("PUT", server.resolve("/smoke"), "").statusCode()).isEqualTo(200);
    assertThat(Http.send("PUT", server.resolve("/smoke/object"), "hello").statusCode())
        .isEqualTo(200);
    assertThat(Http.send("GET", server.resolve("/smoke/object"), "").body()).isEqualTo("hello");
  }

  /** Where all that run on this machine would share buckets of the same name. */
  @Test
  void theUsualFolderStaysEmpty() throws Exception {
    String bucket = "own-" + ProcessHandle.current().pid();
    var created = Http.send("PUT", LocalStack.running().endpoint().resolve("/" + bucket), "");
    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(Path.of("/tmp/localstack-s3-storage", bucket)).doesNotExist();
  }
}
