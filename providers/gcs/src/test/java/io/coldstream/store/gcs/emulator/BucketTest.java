package io.coldstream.store.gcs.emulator;

import static io.coldstream.store.gcs.emulator.TestClient.json;
import static io.coldstream.store.gcs.emulator.TestClient.reason;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Buckets and what their fields do to objects. */
@Timeout(60)
class BucketTest {

  private final GcsServer server = GcsServer.inMemory();
  private final TestClient client = new TestClient(server);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anObjectIsCreatedOnceAndDescribed() throws Exception {
    String given = "{\"name\":\"b\",\"location\":\"EUROPE-WEST3\",\"storageClass\":\"NEARLINE\"}";
    assertThat(client.send("POST", "/storage/v1/b?project=p", given).statusCode())
        .isEqualTo(200);
    assertThat(client.send("POST", "/storage/v1/b?project=p", given).statusCode())
        .isEqualTo(409);
    ObjectNode json = json(client.get("/storage/v1/b/b"));
    assertThat(json.path("location").asText()).isEqualTo("EUROPE-WEST3");
    assertThat(json(client.store("x", "1")).path("storageClass").asText()).isEqualTo("NEARLINE");
    assertThat(client.delete("/storage/v1/b/b").statusCode()).isEqualTo(409);
    client.delete("/storage/v1/b/b/o/x");
    assertThat(client.delete("/storage/v1/b/b").statusCode()).isEqualTo(204);
    assertThat(client.get("/storage/v1/b/b").statusCode()).isEqualTo(404);
  }

  @Test
  void theBucketShowsWhatATestHasSet() throws Exception {
    server.createBucket("b");
    server.patchBucket(
        "b",
        "{\"versioning\":{\"enabled\":true},\"softDeletePolicy\":{\"retentionDurationSeconds\":\"7\"},"
            + "\"encryption\":{\"defaultKmsKeyName\":\"projects/p/k\"}}");
    ObjectNode json = json(client.get("/storage/v1/b/b"));
    assertThat(json.path("versioning").path("enabled").asBoolean()).isTrue();
    assertThat(json.path("softDeletePolicy").path("retentionDurationSeconds").asText())
        .isEqualTo("7");
    assertThat(json(client.store("x", "1")).path("kmsKeyName").asText())
        .isEqualTo("projects/p/k/cryptoKeyVersions/1");
  }

  @Test
  void retentionRefusesDeletes() throws Exception {
    server.createBucket("b");
    server.patchBucket("b", "{\"retentionPolicy\":{\"retentionPeriod\":\"3600\"}}");
    assertThat(json(client.store("x", "1")).has("retentionExpirationTime")).isTrue();
    assertThat(client.delete("/storage/v1/b/b/o/x").statusCode()).isEqualTo(403);
    assertThat(reason(client.store("x", "2"))).isEqualTo("retentionPolicyNotMet");
  }
}
