package io.coldstream.cli;

import io.coldstream.store.azure.emulator.AzureEmulator;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.Program;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * URLs of empty repositories on the emulators that this machine has. The key to Azurite stands in the
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

  /** In a bucket whose objects can be retained. */
  static String onLockingGcs() {
    String url = onGcs();
    String bucket = url.substring("gs://".length(), url.indexOf('/', "gs://".length()));
    GCS.patchBucket(bucket, "{\"objectRetention\":{\"mode\":\"Enabled\"}}");
    return url;
  }

  static String onAzurite() {
    AzureEmulator azure = new AzureEmulator();
    return azure.url(azure.newContainer(), "orders/production") + "?endpoint="
        + azure.settings().get("endpoint");
  }

  /** One on each store, by the scheme of its URL. */
  static Map<String, String> onEveryStore(Path folder) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("file", folder.resolve("repository").toUri().toString());
    all.put("s3", S3Emulator.s3proxy().newUrl("orders/production"));
    all.put("gs", onGcs());
    if (Program.AZURITE.find().isPresent()) {
      all.put("az", onAzurite());
    }
    return all;
  }
}
