package io.coldstream.store.gcs;

import com.google.api.services.storage.StorageScopes;
import com.google.auth.CredentialTypeForMetrics;
import com.google.auth.Credentials;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import io.coldstream.store.cloud.Transports;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The credentials in a file. When they are refused, by the token service or by the store, the file is
 * read again, once for each refusal: somebody may have replaced the key. Thread-safe.
 */
final class FileCredentials extends Credentials {

  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final transient HttpTransportFactory tokens;
  private transient GoogleCredentials current;

  /**
   * Credentials that were read from a file.
   *
   * @param first what it held
   * @param tokens what access tokens are fetched over
   */
  FileCredentials(GoogleCredentials first, Path file, HttpTransportFactory tokens) {
    this.file = file;
    this.tokens = tokens;
    this.current = scoped(first);
  }

  /** The file that the library reads: the one that is named, else gcloud's. */
  static Path file(Map<String, String> environment) {
    String named = environment.getOrDefault("GOOGLE_APPLICATION_CREDENTIALS", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    String folder = environment.getOrDefault("CLOUDSDK_CONFIG", "");
    Path gcloud = folder.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".config", "gcloud")
        : Path.of(folder);
    return gcloud.resolve("application_default_credentials.json");
  }

  private GoogleCredentials read() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return scoped(GoogleCredentials.fromStream(in, tokens));
    }
  }

  /** As the store's library would do with credentials of its own kind. */
  private static GoogleCredentials scoped(GoogleCredentials read) {
    return read.createScopedRequired()
        ? read.createScoped(List.of(StorageScopes.DEVSTORAGE_FULL_CONTROL))
        : read;
  }

  Path file() {
    return file;
  }

  /** What the file held when it was read last. */
  synchronized GoogleCredentials current() {
    return current;
  }

  /** Reads the file again, unless another thread has done so since. */
  private synchronized GoogleCredentials instead(GoogleCredentials refused) throws IOException {
    if (current == refused) {
      current = read();
    }
    return current;
  }

  @Override
  public Map<String, List<String>> getRequestMetadata(URI uri) throws IOException {
    GoogleCredentials used = current();
    try {
      return used.getRequestMetadata(uri);
    } catch (IOException e) {
      if (GcsFailures.isRetryable(e) || Transports.wayFailure(e).isPresent()) {
        throw e;
      }
      return insteadAfter(e, used).getRequestMetadata(uri);
    }
  }

  private GoogleCredentials insteadAfter(IOException refusal, GoogleCredentials refused)
      throws IOException {
    try {
      return instead(refused);
    } catch (IOException e) {
      refusal.addSuppressed(e);
      throw refusal;
    }
  }

  /** The store has refused the access token. */
  @Override
  public void refresh() throws IOException {
    instead(current());
  }

  @Override
  public String getAuthenticationType() {
    return current().getAuthenticationType();
  }

  @Override
  public String getUniverseDomain() throws IOException {
    return current().getUniverseDomain();
  }

  @Override
  public CredentialTypeForMetrics getMetricsCredentialType() {
    return current().getMetricsCredentialType();
  }

  @Override
  public boolean hasRequestMetadata() {
    return true;
  }

  @Override
  public boolean hasRequestMetadataOnly() {
    return true;
  }
}
