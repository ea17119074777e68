package io.coldstream.store.testkit.standin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@NeedsStandin("localstack")
class LocalStackTest {

  @Test
  void keepsAnObject() throws Exception {
    var server = LocalStack.running().endpoint();
    assertThat(Http.send("PUT", server.resolve("/smoke"), "").statusCode()).isEqualTo(200);
    assertThat(Http.send("PUT", server.resolve("/smoke/object"), "hello").statusCode())
        .isEqualTo(200);
    assertThat(Http.send("GET", server.resolve("/smoke/object"), "").body()).isEqualTo("hello");
  }
}
