package io.coldstream.store.gcs;

import com.google.api.client.googleapis.batch.BatchRequest;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.HttpUnsuccessfulResponseHandler;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.auth.Credentials;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.StorageOptions;
import io.coldstream.store.StoreException;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.network.Network;
import io.coldstream.store.network.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The library's credentials and headers, and the client of its JSON interface, over our {@link
 * WatchedTransport}: one attempt for each call.
 */
final class GcsConnection implements AutoCloseable {

  private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(20);

  private final HttpTransport transport;
  private final HttpRequestInitializer initializer;
  private final Storage client;

  private GcsConnection(
      HttpTransport transport, HttpRequestInitializer initializer, String endpoint) {
    this.transport = transport;
    this.initializer = initializer;
    this.client = new Storage.Builder(transport, GsonFactory.getDefaultInstance(), initializer)
        .setRootUrl(endpoint + "/")
        .setApplicationName("coldstream")
        .build();
  }

  /**
   * The credentials that are set.
   *
   * @param keyFile the file with the credentials; empty for those of the environment
   */
  static Credentials credentials(GcsSettings settings, Network network, Optional<String> keyFile)
      throws StoreException {
    if (settings.anonymous()) {
      return NoCredentials.getInstance();
    }
    HttpTransport tokens = tokenTransport(network);
    return GcsFailures.credentials(
        settings.keys().shown(),
        () -> keyFile.isPresent()
            ? ofFile(Path.of(keyFile.get()), tokens)
            : ofEnvironment(System.getenv(), tokens));
  }

  /** Makes the client with given credentials. */
  static GcsConnection open(GcsSettings settings, Network network, Credentials credentials)
      throws StoreException {
    WatchedTransport transport = transport(network, settings.common().timeout(), way -> way);
    return GcsFailures.call(Operation.OPEN, settings.keys().shown(), () -> {
      OneAttempt options = new OneAttempt(transport, settings.common().timeout());
      StorageOptions storage = StorageOptions.http()
          .setHost(settings.endpoint())
          // Named, so that it is not looked for on the network.
          .setProjectId(settings.project().orElse("unnamed"))
          .setCredentials(credentials)
          .setTransportOptions(options)
          .setRetrySettings(ServiceOptions.getNoRetrySettings())
          .build();
      HttpRequestInitializer initializer = options.getHttpRequestInitializer(storage);
      return new GcsConnection(transport, initializer, settings.endpoint());
    });
  }

  /**
   * What access tokens are fetched over: the library finds out whether the machine has any, and
   * should not wait for long. Never ended: the library keeps the credentials of the environment, and
   * this with them, for every later store of the process.
   */
  static HttpTransport tokenTransport(Network network) throws StoreException {
    return transport(
        network,
        TOKEN_TIMEOUT,
        way -> way.decidedBy(
            network.isMetadata(way.host(), way.port())
                ? "GCE_METADATA_HOST"
                : "token_uri or token_url in the credentials file"));
  }

  /** The credentials in a file: a service account's key, or what the library takes beside it. */
  private static Credentials ofFile(Path file, HttpTransport tokens) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new FileCredentials(
          GoogleCredentials.fromStream(in, () -> tokens), file, () -> tokens);
    } catch (NoSuchFileException e) {
      throw new IOException("the file " + file + " does not exist", e);
    }
  }

  /**
   * The library's default credentials. A metadata server that is named is taken to be there even if it
   * does not answer yet: the first request asks it, and is made again until it does.
   *
   * @param environment names and values
   */
  static Credentials ofEnvironment(Map<String, String> environment, HttpTransport tokens)
      throws IOException {
    try {
      GoogleCredentials found = GoogleCredentials.getApplicationDefault(() -> tokens);
      Path file = FileCredentials.file(environment);
      return Files.exists(file) ? new FileCredentials(found, file, () -> tokens) : found;
    } catch (IOException e) {
      boolean none = String.valueOf(e.getMessage()).contains("default credentials were not found");
      if (!none || environment.getOrDefault("GCE_METADATA_HOST", "").isBlank()) {
        throw e;
      }
      return ComputeEngineCredentials.newBuilder()
          .setHttpTransportFactory(() -> tokens)
          .build();
    }
  }

  Storage client() {
    return client;
  }

  /** A request of several calls, each with a token of its own. */
  BatchRequest batch() {
    return client.batch(GcsConnection::keepToItself);
  }

  HttpTransport transport() {
    return transport;
  }

  HttpRequestInitializer initializer() {
    return initializer;
  }

  @Override
  public void close() {
    try {
      transport.shutdown();
    } catch (IOException e) {
      throw new IllegalStateException("our transport ends without I/O", e);
    }
  }

  /** What a request would log, or bring to another address, has tokens and upload ids in it. */
  private static void keepToItself(HttpRequest request) {
    request.setFollowRedirects(false);
    request.setLoggingEnabled(false);
    request.setCurlLoggingEnabled(false);
  }

  private static WatchedTransport transport(
      Network network, Duration timeout, UnaryOperator<Route> purpose) throws StoreException {
    return new WatchedTransport(
        new RoutedClients(network, purpose).client(timeout),
        timeout,
        uri -> purpose.apply(network.to(uri)));
  }

  /** The library's initializer, which tries again once, where a token has just expired. */
  private static final class OneAttempt extends HttpTransportOptions {
    private static final long serialVersionUID = 1L;

    OneAttempt(HttpTransport transport, Duration timeout) {
      super(HttpTransportOptions.newBuilder()
          .setHttpTransportFactory(() -> transport)
          .setReadTimeout((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE)));
    }

    @Override
    public HttpRequestInitializer getHttpRequestInitializer(ServiceOptions<?, ?> service) {
      HttpRequestInitializer usual = super.getHttpRequestInitializer(service);
      return request -> {
        try {
          usual.initialize(request);
        } catch (IOException | RuntimeException e) {
          throw new GcsFailures.NoToken(e);
        }
        request.setUnsuccessfulResponseHandler(renewing(request.getUnsuccessfulResponseHandler()));
        request.setNumberOfRetries(1);
        keepToItself(request);
      };
    }

    /** Renews an access token that was refused; one that cannot be renewed stays refused. */
    private static HttpUnsuccessfulResponseHandler renewing(HttpUnsuccessfulResponseHandler usual) {
      return (request, answer, again) -> {
        try {
          return usual != null && usual.handleResponse(request, answer, again);
        } catch (IOException e) {
          throw new GcsFailures.NoToken(e);
        } catch (IllegalStateException e) {
          return false;
        }
      };
    }
  }
}
