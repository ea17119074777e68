package io.coldstream.cli.benchmark;

import io.coldstream.cli.server.S3ProxyServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * The least that a Java program over the same SDK must do: two files at once, streamed in parts of
 * the same size, both digests of each computed. It checks nothing, resumes nothing, syncs nothing.
 * Ends the process with a stack trace when anything fails.
 */
final class BareLoop {

  private static final long PART_BYTES = 16 << 20;
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int FILES_AT_ONCE = 2;

  private final S3Client client;
  private final String bucket;

  private BareLoop(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /** Direction, endpoint, bucket, folder, names of files in it. */
  public static void main(String[] arguments) throws Exception {
    boolean up = arguments[0].equals("up");
    Path folder = Files.createDirectories(Path.of(arguments[3]));
    List<String> names = Arrays.asList(arguments).subList(4, arguments.length);
    ExecutorService pool = Executors.newFixedThreadPool(FILES_AT_ONCE);
    try (S3Client client = S3Client.builder()
        .endpointOverride(URI.create(arguments[1]))
        .region(Region.of(S3ProxyServer.REGION))
        .forcePathStyle(true)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build()) {
      BareLoop loop = new BareLoop(client, arguments[2]);
      List<Future<String>> digests = new ArrayList<>();
      for (String name : names) {
        Path file = folder.resolve(name);
        digests.add(pool.submit(() -> up ? loop.send(file, name) : loop.fetch(name, file)));
      }
      for (Future<String> digest : digests) {
        System.out.println(digest.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private String send(Path file, String key) throws IOException, NoSuchAlgorithmException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    String upload = client.createMultipartUpload(b -> b.bucket(bucket).key(key)).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    long length = Files.size(file);
    for (long from = 0; from < length; from += PART_BYTES) {
      long start = from;
      int number = parts.size() + 1;
      RequestBody body = RequestBody.fromContentProvider(
          () -> new DigestInputStream(new DigestInputStream(open(file, start), md5), sha256),
          Math.min(PART_BYTES, length - from),
          "application/octet-stream");
      String etag = client
          .uploadPart(b -> b.bucket(bucket).key(key).uploadId(upload).partNumber(number), body)
          .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    client.completeMultipartUpload(
        b -> b.bucket(bucket).key(key).uploadId(upload).multipartUpload(m -> m.parts(parts)));
    return shown(key, md5, sha256);
  }

  /** The file from a byte on; whoever reads it knows where to stop. */
  private static InputStream open(Path file, long from) {
    try {
      return new Part(Channels.newInputStream(FileChannel.open(file).position(from)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String fetch(String key, Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = client.getObject(b -> b.bucket(bucket).key(key));
        OutputStream out = Files.newOutputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        md5.update(buffer, 0, count);
        sha256.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
    return shown(key, md5, sha256);
  }

  private static String shown(String key, MessageDigest md5, MessageDigest sha256) {
    HexFormat hex = HexFormat.of();
    return key + " " + hex.formatHex(md5.digest()) + " " + hex.formatHex(sha256.digest());
  }

  /** Ends after a part, so that the digests see each byte once. */
  private static final class Part extends InputStream {
    private final InputStream in;
    private long left = PART_BYTES;

    Part(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
