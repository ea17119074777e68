package io.coldstream.store.testkit.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority that no Java installation knows, and the key and certificate of servers that it
 * vouches for: those on 127.0.0.1, and, behind a proxy of a test, hosts of any name that a test needs.
 */
public final class OwnAuthority {

  private static final String PASSWORD = "changeit";

  private static final List<String> HOSTS = List.of(
      "localhost",
      "store.test",
      "*.store.test",
      "login.microsoftonline.com",
      "oauth2.googleapis.com",
      "sts.amazonaws.com");

  private final Path certificates;
  private final Path key;
  private final SSLContext context;

  private OwnAuthority() throws IOException, GeneralSecurityException {
    Path folder = Files.createTempDirectory("coldstream-authority");
    Path keys = folder.resolve("keys.p12");
    this.certificates = folder.resolve("ca.pem");
    this.key = folder.resolve("key.pem");
    for (Path path : List.of(folder, keys, certificates, key)) {
      path.toFile().deleteOnExit();
    }
    String names =
        HOSTS.stream().map(host -> "dns:" + host).collect(Collectors.joining(",", "SAN=", ""));
    keytool(
        keys,
        Stream.of("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=test"),
        Stream.of("-ext", names + ",ip:127.0.0.1", "-validity", "2", "-keypass", PASSWORD));
    keytool(
        keys,
        Stream.of("-exportcert", "-alias", "server", "-rfc"),
        Stream.of("-file", certificates.toString()));
    this.context = context(keys, key);
  }

  /**
   * The authority of this JVM's tests.
   *
   * @return always the same
   */
  public static OwnAuthority get() {
    return Holder.AUTHORITY;
  }

  /**
   * What a client must trust.
   *
   * @return a file of certificates in PEM form
   */
  public Path certificates() {
    return certificates;
  }

  /**
   * The key of {@link #certificates}, for a client that shows itself with them.
   *
   * @return a file in PEM form, PKCS#8
   */
  public Path key() {
    return key;
  }

  /**
   * What a server shows itself with.
   *
   * @return has the key and the certificate, and trusts clients that have them, too
   */
  public SSLContext context() {
    return context;
  }

  private static SSLContext context(Path file, Path keyFile)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    KeyStore clients = KeyStore.getInstance("PKCS12");
    clients.load(null, null);
    clients.setCertificateEntry("client", keys.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(clients);
    byte[] der = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
    Files.writeString(
        keyFile,
        "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END PRIVATE KEY-----\n");
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static void keytool(Path keys, Stream<String> what, Stream<String> how)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Stream.concat(what, how).forEach(command::add);
    command.addAll(List.of("-keystore", keys.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static final class Holder {
    private static final OwnAuthority AUTHORITY = make();

    private static OwnAuthority make() {
      try {
        return new OwnAuthority();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("no certificate could be made", e);
      }
    }
  }
}
