package io.coldstream.store.network;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Certificates that are trusted beside those of the Java installation. */
final class CaFile {

  /** Far more than all public authorities together need. */
  private static final int MAX_BYTES = 8 << 20;

  private CaFile() {}

  /**
   * Reads files.
   *
   * @param files certificates in PEM form, one or more in each, by what names the file
   * @return what trusts them and the usual ones
   * @throws StoreException {@link Kind#REJECTED} when a file cannot be read or holds none
   */
  static TrustManager[] trustManagers(Map<String, Path> files) throws StoreException {
    List<Certificate> trusted = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      trusted.addAll(certificates(file.getKey(), file.getValue()));
    }
    try {
      for (TrustManager usual : factory(null).getTrustManagers()) {
        trusted.addAll(Arrays.asList(((X509TrustManager) usual).getAcceptedIssuers()));
      }
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      for (int i = 0; i < trusted.size(); i++) {
        all.setCertificateEntry("trusted-" + i, trusted.get(i));
      }
      return factory(all).getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("every Java trusts by X.509", e);
    }
  }

  private static List<X509Certificate> certificates(String name, Path file) throws StoreException {
    try {
      List<X509Certificate> found = read(name, file);
      if (found.isEmpty()) {
        throw rejected(name, "names " + file + ", which holds no certificate", null);
      }
      return found;
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw rejected(name, "names " + file + ", which cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw rejected(
          name, "names " + file + ", which holds something else than certificates (PEM)", e);
    }
  }

  private static List<X509Certificate> read(String name, Path file)
      throws IOException, GeneralSecurityException {
    // Opening a pipe waits for a writer; a device may never end.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw rejected(name, "names " + file + ", which is not a regular file", null);
    }
    byte[] pem;
    try (InputStream in = Files.newInputStream(file)) {
      pem = in.readNBytes(MAX_BYTES + 1);
    }
    if (pem.length > MAX_BYTES) {
      throw rejected(
          name, "names " + file + ", which is longer than " + MAX_BYTES + " bytes", null);
    }
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  private static TrustManagerFactory factory(KeyStore trusted) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory;
  }

  private static StoreException rejected(String name, String why, Exception cause) {
    return new StoreException(Kind.REJECTED, name + " " + why, cause);
  }
}
