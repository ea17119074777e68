package io.coldstream.store.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.util.Configuration;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.network.Network;
import io.coldstream.store.network.ProxyServer;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.ProxyProvider;

/** The SDK's client and what it stands on: one attempt for each call, streaming, watched. */
final class AzureConnection implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(45);
  private static final int CONNECTIONS = 128;
  private static final int THREADS = 2;

  /** Under which the context of an exchange tells whether its connection is ready. */
  private static final String CONNECTED = "coldstream.connected";

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
  static AzureConnection open(AzureSettings settings, Network network, Credentials credentials)
      throws StoreException {
    AzureConnection connection = new AzureConnection(settings);
    boolean opened = false;
    try {
      connection.connect(settings, network, credentials);
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

  private void connect(AzureSettings settings, Network network, Credentials credentials)
      throws StoreException {
    RoutedHttpClient transport = transport(network);
    BlobServiceClientBuilder builder = new BlobServiceClientBuilder()
        .httpClient(transport)
        .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
        .retryOptions(
            new RequestRetryOptions(RetryPolicyType.FIXED, 1, (Duration) null, null, null, null));
    settings.encryptionScope().ifPresent(builder::encryptionScope);
    credentials.applyTo(builder, settings, transport.forTokens());
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

  private RoutedHttpClient transport(Network network) throws StoreException {
    Optional<SslContext> trusting = network.trust().isEmpty()
        ? Optional.empty()
        : Optional.of(trusting(network.trust().get()));
    return new RoutedHttpClient(network, proxy -> transport(trusting, proxy));
  }

  private HttpClient transport(Optional<SslContext> trusting, Optional<ProxyServer> proxy) {
    reactor.netty.http.client.HttpClient base = reactor.netty.http.client.HttpClient.create(
            connections)
        .runOn(threads)
        // It would send a request again whose connection was reset; trying again is not done here.
        .disableRetry(true);
    if (trusting.isPresent()) {
      base = base.secure(spec -> spec.sslContext(trusting.get()));
    }
    base = proxy.isPresent()
        ? base.proxy(spec -> through(proxy.get(), spec))
            // The proxy looks the host up.
            .resolver(NoopAddressResolverGroup.INSTANCE)
            .mapConnect(connecting -> connecting.onErrorMap(AzureConnection::refused))
        : base.resolver(DefaultAddressResolverGroup.INSTANCE);
    base = base.doOnRequest((request, connection) -> request
            .currentContextView()
            .<AtomicBoolean>getOrEmpty(CONNECTED)
            .ifPresent(connected -> connected.set(true)))
        .mapConnect(AzureConnection::handshaking);
    // The exchanges count the time; the transport's own limits would count a slow source, too.
    return new NettyAsyncHttpClientBuilder(base)
        // It would read some variables, and differently.
        .configuration(Configuration.NONE)
        .connectTimeout(CONNECT)
        .writeTimeout(Duration.ZERO)
        .responseTimeout(Duration.ZERO)
        .readTimeout(Duration.ZERO)
        .build();
  }

  /** A connection that breaks before a request can be sent breaks in its handshake. */
  private static <T> Mono<T> handshaking(Mono<T> exchange) {
    return Mono.defer(() -> {
      AtomicBoolean connected = new AtomicBoolean();
      return exchange
          .onErrorMap(
              e -> !connected.get()
                  && (e instanceof ClosedChannelException || e instanceof NativeIoException),
              e -> new SSLHandshakeException("the connection was closed").initCause(e))
          .contextWrite(context -> context.put(CONNECTED, connected));
    });
  }

  /** A proxy's refusal as another type: at its own, the SDK would ask the proxy four times. */
  private static Throwable refused(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof ProxyConnectException) {
        return new ConnectException(t.getMessage());
      }
    }
    return e;
  }

  private static void through(ProxyServer proxy, ProxyProvider.TypeSpec spec) {
    ProxyProvider.Builder builder = spec.type(ProxyProvider.Proxy.HTTP)
        .host(proxy.host())
        .port(proxy.port())
        .connectTimeoutMillis(CONNECT.toMillis());
    proxy.user().ifPresent(user -> builder.username(user).password(name -> proxy.password()));
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
