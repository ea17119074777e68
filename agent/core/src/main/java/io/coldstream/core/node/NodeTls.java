package io.coldstream.core.node;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.StoreException;
import io.coldstream.store.network.Network;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes what a connection to a node over TLS needs, of files in PEM form. */
final class NodeTls {

  /** Far more than a chain of certificates needs. */
  private static final int MAX_BYTES = 1 << 20;

  private NodeTls() {}

  /**
   * Reads the files.
   *
   * @param credentials which files
   * @return what connections are made with
   * @throws RunException {@link Kind#USAGE} when a file cannot be used; the message names the variable
   *     and the file
   */
  static SSLContext context(NodeCredentials credentials) throws RunException {
    Optional<TrustManager[]> trust = trust(credentials);
    Optional<KeyManager[]> identity = identity(credentials);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity.orElse(null), trust.orElse(null), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  private static Optional<TrustManager[]> trust(NodeCredentials credentials) throws RunException {
    try {
      return Network.of(credentials.trust(), Optional.empty(), NodeCredentials.CA)
          .trust();
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  private static Optional<KeyManager[]> identity(NodeCredentials credentials) throws RunException {
    if (credentials.certificateFile().isEmpty()) {
      return Optional.empty();
    }
    String certificateFile = credentials.certificateFile().get();
    String keyFile = credentials.keyFile().orElseThrow();
    Certificate[] chain = certificates(certificateFile);
    PrivateKey key = key(keyFile);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("client", key, new char[0], chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      return Optional.of(factory.getKeyManagers());
    } catch (IOException | GeneralSecurityException e) {
      throw refused(
          NodeCredentials.KEY, keyFile, "cannot be used with " + certificateFile + ": " + e, e);
    }
  }

  private static Certificate[] certificates(String file) throws RunException {
    try {
      Certificate[] chain = CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(read(NodeCredentials.CERTIFICATE, file)))
          .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw refused(NodeCredentials.CERTIFICATE, file, "holds no certificate", null);
      }
      return chain;
    } catch (GeneralSecurityException e) {
      throw refused(
          NodeCredentials.CERTIFICATE,
          file,
          "holds something else than certificates in PEM form",
          e);
    }
  }

  private static PrivateKey key(String file) throws RunException {
    String pem = new String(read(NodeCredentials.KEY, file), StandardCharsets.ISO_8859_1);
    try {
      return PemKey.parse(pem);
    } catch (IllegalArgumentException e) {
      throw refused(NodeCredentials.KEY, file, e.getMessage(), e);
    }
  }

  private static byte[] read(String variable, String name) throws RunException {
    try {
      Path file = Path.of(name);
      // Opening a pipe waits for a writer; a device may never end.
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw refused(variable, name, "is not a regular file", null);
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] content = in.readNBytes(MAX_BYTES + 1);
        if (content.length > MAX_BYTES) {
          throw refused(variable, name, "is longer than " + MAX_BYTES + " bytes", null);
        }
        return content;
      }
    } catch (IOException | InvalidPathException e) {
      throw refused(variable, name, "cannot be read", e);
    }
  }

  private static RunException refused(String variable, String file, String why, Exception cause) {
    return new RunException(
        Kind.USAGE, "the variable " + variable + " names " + file + ", which " + why, cause);
  }
}
