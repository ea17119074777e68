package io.coldstream.store.cloud;

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
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Certificates that are trusted beside those of the Java installation. */
public final class CaFile {

  /** Far more than all public authorities together need. */
  private static final int MAX_BYTES = 8 << 20;

  private CaFile() {}

  /**
   * Reads the file.
   *
   * @param file certificates in PEM form, one or more
   * @return what trusts them and the usual ones
   * @throws StoreException {@link Kind#REJECTED} when the file cannot be read or holds none
   */
  public static TrustManager[] trustManagers(Path file) throws StoreException {
    try {
      List<Certificate> trusted = new ArrayList<>(read(file));
      if (trusted.isEmpty()) {
        throw rejected("holds no certificate", null);
      }
      for (TrustManager usual : factory(null).getTrustManagers()) {
        trusted.addAll(Arrays.asList(((X509TrustManager) usual).getAcceptedIssuers()));
      }
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      for (int i = 0; i < trusted.size(); i++) {
        all.setCertificateEntry("trusted-" + i, trusted.get(i));
      }
      return factory(all).getTrustManagers();
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw rejected("names " + file + ", which cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw rejected("names a file that holds something else than certificates (PEM)", e);
    }
  }

  private static List<X509Certificate> read(Path file)
      throws IOException, GeneralSecurityException {
    // Opening a pipe waits for a writer; a device may never end.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw rejected("names " + file + ", which is not a regular file", null);
    }
    byte[] pem;
    try (InputStream in = Files.newInputStream(file)) {
      pem = in.readNBytes(MAX_BYTES + 1);
    }
    if (pem.length > MAX_BYTES) {
      throw rejected("names " + file + ", which is longer than " + MAX_BYTES + " bytes", null);
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

  private static StoreException rejected(String why, Exception cause) {
    return new StoreException(Kind.REJECTED, "setting \"ca-file\" " + why, cause);
  }
}
