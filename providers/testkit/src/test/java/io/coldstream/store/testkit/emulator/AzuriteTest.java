package io.coldstream.store.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

@NeedsEmulator("azurite")
class AzuriteTest {

  @Test
  void azuriteAnswersAsAzure() throws Exception {
    URI list = URI.create(Azurite.running().endpoint() + "?comp=list");
    var answer = Http.send("GET", list, "");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("x-ms-request-id")).isPresent();
  }

  @Test
  void oneServerRunsForTheWholeJvm() {
    assertThat(Azurite.running()).isSameAs(Azurite.running());
  }
}
