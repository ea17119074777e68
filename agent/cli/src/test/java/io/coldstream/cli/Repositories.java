package io.coldstream.cli;

import io.coldstream.store.azure.standin.AzureStandin;
import io.coldstream.store.gcs.standin.GcsServer;
import io.coldstream.store.s3.standin.S3Standin;
import io.coldstream.store.testkit.standin.Program;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * URLs of empty repositories on the stand-ins that this machine has. The key to Azurite stands in the
 * environment of the tests (see the module's pom), where the adapter looks for it.
 */
final class Repositories {

  private static final GcsServer GCS = GcsServer.inMemory();
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private Repositories() {}

  static String onGcs() {
    String bucket = "coldstream-" + BUCKETS.incrementAndGet();
    GCS.createBucket(bucket);
    return "gs://" + bucket + "/orders/production?anonymous=true&endpoint=" + GCS.url();
  }

  static String onAzurite() {
    AzureStandin azure = new AzureStandin();
    return azure.url(azure.newContainer(), "orders/production") + "?endpoint="
        + azure.settings().get("endpoint");
  }

  /** One on each store, by the scheme of its URL. */
  static Map<String, String> onEveryStore(Path folder) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("file", folder.resolve("repository").toUri().toString());
    all.put("s3", S3Standin.s3proxy().newUrl("orders/production"));
    all.put("gs", onGcs());
    if (Program.AZURITE.find().isPresent()) {
      all.put("az", onAzurite());
    }
    return all;
  }
}
