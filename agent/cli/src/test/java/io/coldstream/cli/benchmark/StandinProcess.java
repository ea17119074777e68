package io.coldstream.cli.benchmark;

import io.coldstream.store.s3.standin.S3Standin;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * S3Proxy over memory in a process of its own. It ends with its standard input, and therefore with
 * the process that started it, whatever becomes of that.
 */
final class StandinProcess implements AutoCloseable {

  static final String REGION = "us-east-1";

  private final Process process;
  private final String endpoint;
  private final String bucket;
  private final Map<String, String> environment;

  private StandinProcess(Process process, String[] told) {
    this.process = process;
    this.endpoint = told[0];
    this.bucket = told[1];
    this.environment = Map.of("AWS_ACCESS_KEY_ID", told[2], "AWS_SECRET_ACCESS_KEY", told[3]);
  }

  /** The server itself. */
  public static void main(String[] arguments) throws IOException {
    S3Standin server = S3Standin.s3proxy();
    System.out.println(String.join(
        " ",
        server.endpoint().toString(),
        server.newBucket(),
        server.environment().get("AWS_ACCESS_KEY_ID"),
        server.environment().get("AWS_SECRET_ACCESS_KEY")));
    while (System.in.read() >= 0) {
      // Nothing is ever sent.
    }
    System.exit(0);
  }

  static StandinProcess start() throws IOException {
    Process process = new ProcessBuilder(
            Meter.JAVA,
            "-Xmx6g",
            "-cp",
            System.getProperty("java.class.path"),
            StandinProcess.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("http://")) {
        return new StandinProcess(process, line.split(" "));
      }
    }
    throw new IOException("the S3 server did not start");
  }

  String endpoint() {
    return endpoint;
  }

  String bucket() {
    return bucket;
  }

  /** The credentials for it. */
  Map<String, String> environment() {
    return environment;
  }

  double cpuSeconds() throws IOException {
    return Meter.cpuSeconds(process.pid());
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
