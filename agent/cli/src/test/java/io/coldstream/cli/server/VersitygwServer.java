package io.coldstream.cli.server;

import io.coldstream.store.s3.emulator.VersitygwBucket;
import io.coldstream.store.testkit.emulator.Versitygw;
import java.net.URI;
import java.util.Map;

/**
 * The Versity gateway, which must be installed: S3 for more than S3Proxy can hold in memory. It ends
 * with this process.
 */
final class VersitygwServer implements StoreServer {

  private final VersitygwBucket bucket = new VersitygwBucket();

  @Override
  public URI address() {
    return Versitygw.running().endpoint();
  }

  @Override
  public String bucket() {
    return bucket.name();
  }

  @Override
  public String repository(URI through) {
    return "s3://" + bucket.name() + "/database?store=versitygw&region=us-east-1&endpoint="
        + through;
  }

  @Override
  public Map<String, String> environment() {
    return bucket.root().environment();
  }
}
