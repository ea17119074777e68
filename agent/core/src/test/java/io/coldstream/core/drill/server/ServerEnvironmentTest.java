package io.coldstream.core.drill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerEnvironmentTest {

  @TempDir
  private Path folder;

  @Test
  void whatConfiguresAServerOrAStoreIsRemoved() {
    ServerEnvironment environment = new ServerEnvironment(Map.of(
        "PATH", "/bin",
        "KURRENTDB_CLUSTER_SIZE", "3",
        "kurrentdb__Archive__Enabled", "true",
        "EVENTSTORE_GOSSIP_SEED", "db2:2113",
        "COLDSTREAM_REPO", "s3://bucket/orders",
        "AWS_SECRET_ACCESS_KEY", "secret",
        "AZURE_STORAGE_KEY", "secret",
        "GOOGLE_APPLICATION_CREDENTIALS", "/key"));

    assertThat(environment.variables()).isEqualTo(Map.of("PATH", "/bin"));
  }

  @Test
  void aProgramIsFoundAsAShellFindsIt() throws Exception {
    Path program = Files.createFile(folder.resolve("program"));
    Path text = Files.createFile(folder.resolve("text"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.createDirectory(folder.resolve("folder"));
    ServerEnvironment environment =
        new ServerEnvironment(Map.of("PATH", "/nonexistent::" + folder));

    assertThat(environment.find("program")).contains(program);
    assertThat(environment.find(program.toString())).contains(program);
    assertThat(environment.find("text")).isEmpty();
    assertThat(environment.find(text.toString())).isEmpty();
    assertThat(environment.find("folder")).isEmpty();
    assertThat(new ServerEnvironment(Map.of()).find("program")).isEmpty();
  }
}
