package io.coldstream.store.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerTest {

  @Test
  void aServerDoesNotInheritTheEnvironment() throws Exception {
    Server server = Listener.start();
    List<String> seen = Files.readAllLines(server.home().resolve("environment"));
    server.end();
    // A shell adds what it needs itself.
    assertThat(seen).contains("PATH", "HOME", "TMPDIR", "OWN");
    assertThat(seen).isSubsetOf("PATH", "HOME", "TMPDIR", "OWN", "PWD", "OLDPWD", "SHLVL", "_");
  }

  @Test
  void aServerEndsWhenItIsStopped() throws Exception {
    Server server = Listener.start();
    ProcessHandle process = Listener.process(server.home());
    assertThat(process.isAlive()).isTrue();
    server.end();
    assertThat(process.isAlive()).isFalse();
    assertThat(server.home()).doesNotExist();
  }

  /** The process that started it is killed, and can do nothing more. */
  @Test
  void aServerEndsWhenTheJvmIsKilled() throws Exception {
    Process starter = new ProcessBuilder(
            Listener.JAVA, "-cp", System.getProperty("java.class.path"), Starter.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try {
      BufferedReader out = starter.inputReader(StandardCharsets.UTF_8);
      Path home = Path.of(out.readLine());
      ProcessHandle keeper = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      ProcessHandle process = Listener.process(home);
      starter.destroyForcibly();
      process.onExit().get(1, TimeUnit.MINUTES);
      keeper.onExit().get(1, TimeUnit.MINUTES);
      assertThat(home).doesNotExist();
    } finally {
      starter.destroyForcibly();
    }
  }

  @Test
  void theOutputOfAProgramThatDoesNotStartIsReported() {
    Server.Recipe broken = new Server.Recipe() {
      @Override
      public List<String> command(Path home, int port) {
        return List.of("sh", "-c", "echo no disk; exit 3");
      }

      @Override
      public Map<String, String> environment(Path home, int port) {
        return Map.of();
      }
    };
    assertThatThrownBy(() -> Server.start("broken", broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("broken did not start")
        .hasMessageContaining("no disk");
  }

  /** A process that starts a server and waits to be killed. */
  static final class Starter {
    private Starter() {}

    @SuppressWarnings("checkstyle:SystemStreams") // Talks to the test.
    public static void main(String[] arguments) throws IOException {
      Server server = Listener.start();
      System.out.println(server.home());
      System.out.println(server.keeper().pid());
      System.in.read();
    }
  }
}
