package io.coldstream.store.gcs.emulator;

import static io.coldstream.store.gcs.emulator.TestClient.json;
import static io.coldstream.store.gcs.emulator.TestClient.reason;
import static io.coldstream.store.gcs.emulator.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is allowed to do what. */
@Timeout(60)
class IdentitiesTest {

  private static final String OBJECTS = "/storage/v1/b/b/o";
  private static final byte[] NOTHING = new byte[0];

  private final GcsServer server = GcsServer.inMemory();
  private final TestClient client = new TestClient(server);

  @BeforeEach
  void bucket() throws Exception {
    server.createBucket("b");
    client.store("p/old", "1");
    server
        .identities()
        .put(
            "writer-token",
            Identity.named("writer@p")
                .deny("storage.objects.create", "p/locked/")
                .allow("storage.objects.create", "p/")
                .allow("storage.objects.list", "p/"));
    server
        .identities()
        .put(
            "reader-token",
            Identity.named("reader@p").deny("storage.objects.create", "").allowTheRest());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void rightsAreGrantedByVerbAndPrefix() throws Exception {
    assertThat(as("writer-token", "POST", upload("p/new")).statusCode()).isEqualTo(200);
    denied(as("writer-token", "POST", upload("p/locked/new")), "storage.objects.create");
    denied(as("writer-token", "POST", upload("other")), "storage.objects.create");
    denied(as("writer-token", "POST", upload("p/old")), "storage.objects.delete");
    denied(as("writer-token", "GET", OBJECTS + "/p%2Fold"), "storage.objects.get");
    denied(as("writer-token", "DELETE", OBJECTS + "/p%2Fold"), "storage.objects.delete");
    denied(as("writer-token", "GET", OBJECTS), "storage.objects.list");
    denied(as("writer-token", "GET", "/storage/v1/b/b"), "storage.buckets.get");
    assertThat(as("writer-token", "GET", OBJECTS + "?prefix=p/").statusCode()).isEqualTo(200);

    denied(as("reader-token", "POST", upload("p/new")), "storage.objects.create");
    assertThat(as("reader-token", "GET", OBJECTS + "/p%2Fold").statusCode()).isEqualTo(200);
  }

  @Test
  void aFailedConditionIsReportedBeforeAMissingRightToOverwrite() throws Exception {
    assertThat(
            as("writer-token", "POST", upload("p/old") + "&ifGenerationMatch=0").statusCode())
        .isEqualTo(412);
  }

  @Test
  void unknownTokensAreRefused() throws Exception {
    HttpResponse<byte[]> unknown = as("none", "GET", OBJECTS);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(reason(unknown)).isEqualTo("authError");
    server.identities().expire("reader-token");
    assertThat(as("reader-token", "GET", OBJECTS).statusCode()).isEqualTo(401);
  }

  @Test
  void anyoneIsServedUntilTokensAreRequired() throws Exception {
    assertThat(client.get(OBJECTS).statusCode()).isEqualTo(200);
    server.identities().requireTokens();
    assertThat(client.get(OBJECTS).statusCode()).isEqualTo(401);
    assertThat(as("reader-token", "GET", OBJECTS).statusCode()).isEqualTo(200);
  }

  @Test
  void aSessionAddressIsEnoughToSend() throws Exception {
    HttpResponse<byte[]> started =
        as("writer-token", "POST", "/upload" + OBJECTS + "?uploadType=resumable&name=p/new");
    server.identities().requireTokens();
    String session = TestClient.header(started, "Location");
    assertThat(client.put(session, "bytes 0-0/1", new byte[1]).statusCode()).isEqualTo(200);
  }

  @Test
  void theRightsOfACallerAreReported() throws Exception {
    HttpResponse<byte[]> asked = as(
        "reader-token",
        "GET",
        "/storage/v1/b/b/iam/testPermissions?permissions=storage.objects.create"
            + "&permissions=storage.objects.get&permissions=storage.objects.list");
    assertThat(json(asked).path("permissions").toString())
        .isEqualTo("[\"storage.objects.get\",\"storage.objects.list\"]");
  }

  private static void denied(HttpResponse<byte[]> response, String permission) {
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(reason(response)).isEqualTo("forbidden");
    assertThat(text(response)).contains(permission).contains("@p does not have");
  }

  private HttpResponse<byte[]> as(String token, String method, String path) throws IOException {
    return client.send(method, path, NOTHING, "Authorization", "Bearer " + token);
  }

  private static String upload(String name) {
    return "/upload" + OBJECTS + "?uploadType=media&name=" + name;
  }
}
