package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MainTest {

  /** As when a jar is missing, or no file can be opened any more. */
  @Test
  void aCommandWhoseClassesCannotBeLoadedEndsAtOnceAndSaysWhatToDo() throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-cp",
            Main.class.getProtectionDomain().getCodeSource().getLocation().getPath(),
            Main.class.getName(),
            "list")
        .redirectErrorStream(true)
        .start();
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(said).isEqualTo(1);
      assertThat(said).startsWith("coldstream: cannot start: ").contains("ulimit -n", "ulimit -u");
      assertThat(said).doesNotContain("is killed", "\tat ");
    } finally {
      process.destroyForcibly();
    }
  }
}
