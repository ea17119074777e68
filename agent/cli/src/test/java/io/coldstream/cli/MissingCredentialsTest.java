package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.store.s3.emulator.S3Emulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that finds no credentials anywhere is told where they are looked for. */
class MissingCredentialsTest {

  private static final String NOBODY_LISTENS = "127.0.0.1:11";

  @TempDir
  private Path home;

  private Ran list(String url, Map<String, String> environment)
      throws IOException, InterruptedException {
    return Child.start(home, List.of(), environment, List.of("list", "--repo", url))
        .ran();
  }

  private static void assertTold(Ran ran, String variable) {
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(5);
    assertThat(ran.err()).startsWith("coldstream list: ").contains(variable);
    assertThat(ran.err().lines()).hasSize(1);
  }

  @Test
  void onS3() throws Exception {
    assertTold(
        list(
            "s3://bucket/p?path-style=true&region=us-east-1&endpoint=http://" + NOBODY_LISTENS,
            Map.of("AWS_EC2_METADATA_DISABLED", "true")),
        "AWS_ACCESS_KEY_ID");
  }

  @Test
  void wrongOnesAreToldAsWell() throws Exception {
    S3Emulator server = S3Emulator.s3proxy();
    Map<String, String> wrong = new HashMap<>(server.environment());
    wrong.put("AWS_SECRET_ACCESS_KEY", "hunter2-hunter2");
    Ran ran = list(server.newUrl("orders"), wrong);
    assertTold(ran, "access denied");
    assertThat(ran.everything()).doesNotContain("hunter2");
  }

  /** Only in the environment, since the whole chain asks addresses that answer nowhere but in Azure. */
  @Test
  void onAzure() throws Exception {
    assertTold(
        list(
            "az://account/container/p?endpoint=https://" + NOBODY_LISTENS,
            Map.of("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential")),
        "AZURE_STORAGE_SAS_TOKEN");
  }

  @Test
  void onCloudStorage() throws Exception {
    assertTold(
        list(
            "gs://bucket/p?endpoint=http://" + NOBODY_LISTENS,
            Map.of("NO_GCE_CHECK", "true", "HOME", home.toString())),
        "GOOGLE_APPLICATION_CREDENTIALS");
  }
}
