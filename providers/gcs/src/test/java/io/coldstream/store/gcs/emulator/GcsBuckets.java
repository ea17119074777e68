package io.coldstream.store.gcs.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Buckets on a server of another process, which asks nobody who they are. */
public final class GcsBuckets {

  private GcsBuckets() {}

  /**
   * Creates one.
   *
   * @param server scheme, host and port
   * @param bucket its name, new there
   * @throws IOException when the server refuses
   */
  public static void create(URI server, String bucket) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(server.resolve("/storage/v1/b?project=coldstream"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"name\":\"" + bucket + "\"}"))
        .build();
    try {
      int status =
          HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IOException("the bucket " + bucket + " was answered with " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
