package io.coldstream.store.gcs;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.network.Network;
import io.coldstream.store.network.ProxyServer;
import io.coldstream.store.network.Route;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes the clients that requests are sent with: directly or through the proxy of their target, one
 * attempt each, following nowhere.
 */
final class RoutedClients {

  private static final Timeout CONNECT = Timeout.ofSeconds(10);
  /** The metadata service is near; elsewhere its address may lead nowhere. */
  private static final Timeout CONNECT_TO_METADATA = Timeout.ofSeconds(1);

  private static final Duration BEYOND_THE_WATCH = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 128;

  private final Network network;
  private final UnaryOperator<Route> purpose;

  /**
   * Makes clients of a network.
   *
   * @param purpose adds to a way what it is for
   */
  RoutedClients(Network network, UnaryOperator<Route> purpose) {
    this.network = network;
    this.purpose = purpose;
  }

  /**
   * Makes a client.
   *
   * @param timeout how long a watch waits for an answer
   */
  CloseableHttpClient client(Duration timeout) throws StoreException {
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS)
            .setConnectionConfigResolver(this::connecting);
    if (network.trust().isPresent()) {
      connections.setTlsSocketStrategy(
          new DefaultClientTlsStrategy(trusting(network.trust().get())));
    }
    return HttpClientBuilder.create()
        .setConnectionManager(connections.build())
        .setRoutePlanner(new ProxyRoutes())
        .addExecInterceptorBefore(ChainElement.CONNECT.name(), "proxy", this::withProxy)
        .setDefaultRequestConfig(RequestConfig.custom()
            .setConnectionRequestTimeout(CONNECT)
            // The watch cuts earlier, and tells a stall from a broken connection.
            .setResponseTimeout(Timeout.of(timeout.plus(BEYOND_THE_WATCH)))
            .build())
        .disableAutomaticRetries()
        .disableAuthCaching()
        .disableContentCompression()
        .disableCookieManagement()
        .disableRedirectHandling()
        .build();
  }

  private ConnectionConfig connecting(HttpRoute route) {
    HttpHost target = route.getTargetHost();
    boolean metadata = network.isMetadata(target.getHostName(), target.getPort());
    return ConnectionConfig.custom()
        .setConnectTimeout(metadata ? CONNECT_TO_METADATA : CONNECT)
        .build();
  }

  /** Brings the proxy its credentials, and tells its answer from one that came through a tunnel. */
  private ClassicHttpResponse withProxy(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Route way = way(scope.route.getTargetHost());
    Optional<ProxyServer> proxy = way.proxy().filter(server -> server.user().isPresent());
    if (proxy.isPresent()) {
      BasicScheme scheme = new BasicScheme();
      scheme.initPreemptive(new UsernamePasswordCredentials(
          proxy.get().user().get(), proxy.get().password().toCharArray()));
      scope.clientContext.getAuthExchange(scope.route.getProxyHost()).select(scheme);
    }
    ClassicHttpResponse answer = chain.proceed(request, scope);
    if (scope.route.isTunnelled() && scope.clientContext.getSSLSession() == null) {
      answer.close();
      throw way.refusedByProxy(answer.getCode());
    }
    return answer;
  }

  private Route way(HttpHost target) {
    String scheme = target.getSchemeName();
    int usual = scheme.equalsIgnoreCase("https") ? 443 : 80;
    int port = target.getPort() < 0 ? usual : target.getPort();
    return purpose.apply(network.to(scheme, target.getHostName(), port));
  }

  private static SSLContext trusting(TrustManager[] managers) throws StoreException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new StoreException(Kind.REJECTED, "setting \"ca-file\" cannot be used", e);
    }
  }

  private final class ProxyRoutes extends DefaultRoutePlanner {
    ProxyRoutes() {
      super(null);
    }

    @Override
    protected HttpHost determineProxy(HttpHost target, HttpContext context) {
      return way(target)
          .proxy()
          .map(proxy -> new HttpHost("http", proxy.host(), proxy.port()))
          .orElse(null);
    }
  }
}
