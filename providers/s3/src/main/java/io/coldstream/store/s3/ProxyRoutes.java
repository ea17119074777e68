package io.coldstream.store.s3;

import io.coldstream.store.network.Network;
import io.coldstream.store.network.ProxyServer;
import java.util.Optional;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Sends a transport's requests directly or through the proxy of their target, with the proxy's
 * credentials from the start. Thread-safe.
 */
final class ProxyRoutes extends DefaultRoutePlanner {

  private final Network network;
  private final ThreadLocal<HttpClientContext> tunnelled = new ThreadLocal<>();

  ProxyRoutes(Network network) {
    super(null);
    this.network = network;
  }

  @Override
  protected HttpHost determineProxy(HttpHost target, HttpContext context) {
    HttpClientContext here = HttpClientContext.cast(context);
    tunnelled.remove();
    Optional<ProxyServer> proxy =
        network.to(target.getSchemeName(), target.getHostName(), port(target)).proxy();
    if (proxy.isEmpty()) {
      return null;
    }
    if (target.getSchemeName().equalsIgnoreCase("https")) {
      tunnelled.set(here);
    }
    HttpHost host = new HttpHost("http", proxy.get().host(), proxy.get().port());
    if (proxy.get().user().isPresent()) {
      BasicScheme scheme = new BasicScheme();
      scheme.initPreemptive(new UsernamePasswordCredentials(
          proxy.get().user().get(), proxy.get().password().toCharArray()));
      here.getAuthExchange(host).select(scheme);
    }
    return host;
  }

  private static int port(HttpHost target) {
    if (target.getPort() >= 0) {
      return target.getPort();
    }
    return target.getSchemeName().equalsIgnoreCase("https") ? 443 : 80;
  }

  /** Forgets what this thread sent last. */
  void forget() {
    tunnelled.remove();
  }

  /**
   * Whether the answer that this thread received last came from the proxy, because there was no
   * tunnel to the target. The client gives both kinds of answer in the same way.
   */
  boolean isProxysAnswer() {
    HttpClientContext last = tunnelled.get();
    return last != null && last.getSSLSession() == null;
  }
}
