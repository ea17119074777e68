package io.coldstream.store.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

  @TempDir
  private Path cache;

  @Test
  void withoutACacheAProgramIsAbsent() {
    assertThat(Program.AZURITE.find(cache.resolve("none"), "")).isEmpty();
  }

  @Test
  void aPartlyInstalledProgramIsAbsent() throws Exception {
    Files.createDirectories(cache.resolve("azurite-1.0"));
    assertThat(Program.AZURITE.find(cache, "")).isEmpty();
  }

  @Test
  void theVersionInstalledLastIsUsed() throws Exception {
    complete("aws-2.0", 1);
    complete("aws-1.10.0", 3);
    complete("aws-1.9.0", 2);
    complete("aws-shell", 4);
    assertThat(Program.AWS.find(cache, ""))
        .contains(new Program.Installed("1.10.0", cache.resolve("aws-1.10.0/bin/aws")));
  }

  @Test
  void aSingleFileIsAlsoFoundInThePath() throws Exception {
    Path file = Files.createFile(cache.resolve("aws"));
    String path = "/nowhere:" + cache;
    assertThat(Program.AWS.find(cache, path)).isEmpty();
    assertThat(file.toFile().setExecutable(true)).isTrue();
    assertThat(Program.AWS.find(cache, path)).contains(new Program.Installed("", file));
  }

  @Test
  void anUnknownNameIsAnError() {
    assertThatThrownBy(() -> Required.in("aws,azurit"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("azurit")
        .hasMessageContaining("azurite");
  }

  @Test
  void requiredProgramsAreSeparatedByCommas() {
    assertThat(Required.in("")).isEmpty();
    assertThat(Required.in("aws, fake-gcs-server"))
        .containsExactly(Program.AWS, Program.FAKE_GCS_SERVER);
  }

  private void complete(String name, int second) throws IOException {
    Path mark = Files.createDirectories(cache.resolve(name)).resolve("complete");
    Files.createFile(mark);
    Files.setLastModifiedTime(mark, FileTime.from(Instant.ofEpochSecond(second)));
  }
}
