package io.coldstream.store.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.CaFile;
import io.coldstream.store.cloud.Operation;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** The SDK's client and what it stands on: one attempt for each call, streaming, watched. */
final class AzureConnection implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(45);
  private static final int CONNECTIONS = 128;
  private static final int THREADS = 2;

  private final ConnectionProvider connections;
  private final LoopResources threads;
  private final Exchanges exchanges;
  private BlobContainerAsyncClient container;

  private AzureConnection(AzureSettings settings) {
    this.connections = ConnectionProvider.builder("coldstream-azure")
        .maxConnections(CONNECTIONS)
        .pendingAcquireTimeout(CONNECT)
        // The service closes an idle connection after a minute; one that it is closing is no use.
        .maxIdleTime(IDLE)
        .build();
    this.threads = LoopResources.create("coldstream-azure", THREADS, true);
    this.exchanges = new Exchanges(settings.common().timeout());
  }

  /** Makes the client; no request is made to the store. */
  static AzureConnection open(AzureSettings settings, Credentials credentials)
      throws StoreException {
    AzureConnection connection = new AzureConnection(settings);
    boolean opened = false;
    try {
      connection.connect(settings, credentials);
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  /** The container's client. */
  BlobContainerAsyncClient container() {
    return container;
  }

  /** The client of the object under a key. */
  BlockBlobAsyncClient blob(String key) {
    return container.getBlobAsyncClient(key).getBlockBlobAsyncClient();
  }

  /** What calls are made through. */
  Exchanges exchanges() {
    return exchanges;
  }

  @Override
  public void close() {
    exchanges.close();
    connections.dispose();
    threads.dispose();
  }

  private void connect(AzureSettings settings, Credentials credentials) throws StoreException {
    HttpClient transport = transport(settings);
    BlobServiceClientBuilder builder = new BlobServiceClientBuilder()
        .httpClient(transport)
        .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
        .retryOptions(
            new RequestRetryOptions(RetryPolicyType.FIXED, 1, (Duration) null, null, null, null));
    settings.encryptionScope().ifPresent(builder::encryptionScope);
    credentials.applyTo(builder, settings);
    BlobServiceAsyncClient service =
        AzureFailures.call(Operation.OPEN, settings.keys().shown(), builder::buildAsyncClient);
    if (!settings.account().equals(service.getAccountName())
        && settings.endpoint().isEmpty()) {
      throw new StoreException(
          Kind.REJECTED,
          "the variable " + credentials.variable()
              + " is about another account than the repository's URL",
          null);
    }
    container = service.getBlobContainerAsyncClient(settings.keys().bucket());
  }

  private HttpClient transport(AzureSettings settings) throws StoreException {
    reactor.netty.http.client.HttpClient base = reactor.netty.http.client.HttpClient.create(
            connections)
        .runOn(threads)
        .resolver(DefaultAddressResolverGroup.INSTANCE)
        // It would send a request again whose connection was reset; trying again is not done here.
        .disableRetry(true);
    if (settings.common().caFile().isPresent()) {
      SslContext trusting =
          trusting(CaFile.trustManagers(settings.common().caFile().get()));
      base = base.secure(spec -> spec.sslContext(trusting));
    }
    // The exchanges count the time; the transport's own limits would count a slow source, too.
    return new NettyAsyncHttpClientBuilder(base)
        .connectTimeout(CONNECT)
        .writeTimeout(Duration.ZERO)
        .responseTimeout(Duration.ZERO)
        .readTimeout(Duration.ZERO)
        .build();
  }

  private static SslContext trusting(TrustManager[] managers) throws StoreException {
    for (TrustManager manager : managers) {
      if (manager instanceof X509TrustManager trusted) {
        try {
          return SslContextBuilder.forClient().trustManager(trusted).build();
        } catch (SSLException e) {
          throw new StoreException(Kind.REJECTED, "setting \"ca-file\" cannot be used", e);
        }
      }
    }
    throw new IllegalStateException("every Java trusts by X.509");
  }
}
