package io.coldstream.cli.server;

import io.coldstream.store.s3.emulator.S3Emulator;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** S3Proxy over memory. */
public final class S3ProxyServer implements StoreServer {

  /** What its clients sign for. */
  public static final String REGION = "us-east-1";

  private final ChildServer child;

  private S3ProxyServer(ChildServer child) {
    this.child = child;
  }

  /** The server itself. */
  public static void main(String[] arguments) throws IOException {
    S3Emulator server = S3Emulator.s3proxy();
    System.out.println(String.join(
        " ",
        server.endpoint().toString(),
        server.newBucket(),
        server.environment().get("AWS_ACCESS_KEY_ID"),
        server.environment().get("AWS_SECRET_ACCESS_KEY")));
    ChildServer.serveUntilInputEnds();
  }

  /** Starts it. */
  public static S3ProxyServer start() throws IOException {
    return new S3ProxyServer(ChildServer.start(S3ProxyServer.class));
  }

  @Override
  public String bucket() {
    return child.told(1);
  }

  @Override
  public URI address() {
    return URI.create(child.told(0));
  }

  @Override
  public String repository(URI through) {
    return "s3://" + bucket() + "/database?path-style=true&region=" + REGION + "&endpoint="
        + through;
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("AWS_ACCESS_KEY_ID", child.told(2), "AWS_SECRET_ACCESS_KEY", child.told(3));
  }

  @Override
  public double cpuSeconds() throws IOException {
    return child.cpuSeconds();
  }

  @Override
  public void close() throws IOException {
    child.close();
  }
}
