package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import io.coldstream.core.doctor.Role;
import io.coldstream.store.azure.emulator.AzureEmulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/**
 * On Azurite, each under a shared access signature for the container: the writer's allows neither to
 * remove nor to overwrite. One signature cannot tell prefixes apart, and a backup reads the backups
 * before it: that a writer cannot read data is therefore not shown here.
 */
@NeedsEmulator("azurite")
class IdentitiesOnAzuriteTest extends IdentitiesEndToEnd {

  private static final int DENIED = 403;
  private static final String PREFIX = "orders/production";

  private final AzureEmulator server = new AzureEmulator();
  private final String container = server.newContainer();
  private final String writer = token("rcl");
  private final String restorer = token("rl");
  private final String pruner = token("rdl");

  private String token(String permissions) {
    return server.environment(container, permissions).get("AZURE_STORAGE_SAS_TOKEN");
  }

  private String token(Role who) {
    return switch (who) {
      case WRITER -> writer;
      case RESTORER -> restorer;
      case PRUNER -> pruner;
      case ANY -> throw new IllegalArgumentException("nobody may everything here");
    };
  }

  @Override
  boolean keepsDataFromTheWriter() {
    return false;
  }

  @Override
  String url() {
    return server.url(container, PREFIX) + "?endpoint=" + server.settings().get("endpoint");
  }

  @Override
  Ran run(Role who, Object... words) throws Exception {
    return AzuriteCommand.run(home, url(), token(who), words);
  }

  /** It must create documents; a signature cannot say where. */
  @Override
  Ran prune(Object... words) throws Exception {
    return AzuriteCommand.run(home, url(), token("rcdl"), words);
  }

  /** The doctor does it, and removes what it lists besides. */
  @Override
  void sweep() throws Exception {
    Ran ran = done(Role.PRUNER, "doctor", "--expect", "pruner");
    assertThat(ran.out())
        .containsPattern("remove unfinished uploads +ok")
        .containsPattern("never create +ok +denied, as it must be");
  }

  @Override
  Verbs verbs(Role who) {
    return new RequestVerbs(
        server.settings().get("endpoint") + "/" + container + "/" + PREFIX + "/", "?" + token(who));
  }

  /** The verbs as plain requests: this process has the account's key otherwise. */
  private record RequestVerbs(String place, String query) implements Verbs {

    private boolean done(String name, HttpRequest.Builder request)
        throws IOException, InterruptedException {
      int status = HttpClient.newHttpClient()
          .send(
              request.uri(URI.create(place + name + query)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
      assertThat(status).as(name).isIn(200, 201, 202, DENIED);
      return status != DENIED;
    }

    @Override
    public boolean reads(String name) throws IOException, InterruptedException {
      return done(name, HttpRequest.newBuilder().GET());
    }

    @Override
    public boolean creates(String name) throws IOException, InterruptedException {
      return done(
          name,
          HttpRequest.newBuilder()
              .header("x-ms-blob-type", "BlockBlob")
              .PUT(BodyPublishers.ofString("something")));
    }

    @Override
    public boolean removes(String name) throws IOException, InterruptedException {
      return done(name, HttpRequest.newBuilder().DELETE());
    }
  }
}
