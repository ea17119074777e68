package io.coldstream.store.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

@NeedsEmulator("versitygw")
class VersitygwTest {

  private final Versitygw server = Versitygw.running();

  @Test
  void unsignedRequestsAreRefused() throws Exception {
    var answer = Http.send("GET", server.endpoint().resolve("/"), "");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
  }

  @Test
  void aUserIsAddedOnce() throws Exception {
    server.addUser("smoke", "not-a-secret");
    assertThatThrownBy(() -> server.addUser("smoke", "not-a-secret"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("smoke");
  }
}
