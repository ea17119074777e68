package io.coldstream.store.s3;

import io.coldstream.store.network.HostException;
import io.coldstream.store.network.Network;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The transports of the clients that the SDK makes by itself while it looks for credentials: for STS
 * and sign-on. The SDK has no other way to give them proxies and trusted certificates, and it looks
 * for credentials in the thread that needs them. Public because the SDK makes one by its name.
 */
public final class TokenTransports implements SdkHttpService {

  private static final String PROPERTY = "software.amazon.awssdk.http.service.impl";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** What the SDK makes the hosts of the token services of. */
  private static final String DECIDER =
      "the region of the credentials (AWS_REGION, region and sso_region in the profile)";

  private static final ThreadLocal<Search> SEARCH = new ThreadLocal<>();

  /** Makes it the one that the SDK asks, unless the process has another. */
  static void register() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, TokenTransports.class.getName());
    }
  }

  /**
   * Looks for credentials.
   *
   * @param network how token services are reached
   * @param search the SDK's way of looking
   * @throws SdkClientException with the failure on the way to a token service as its cause, where
   *     there was one: the SDK's own tells of every place and has no cause
   */
  static <T> T on(Network network, Supplier<T> search) {
    Search here = new Search(network);
    SEARCH.set(here);
    try {
      return search.get();
    } catch (SdkClientException e) {
      if (here.failure == null) {
        throw e;
      }
      throw SdkClientException.create("no credentials could be fetched", here.failure);
    } finally {
      SEARCH.remove();
    }
  }

  @Override
  public SdkHttpClient.Builder<?> createHttpClientBuilder() {
    Search here = SEARCH.get();
    return here == null ? Apache5HttpClient.builder() : new Builder(here.network);
  }

  /** One look for credentials, and the last way to a token service that failed in it. */
  private static final class Search {
    private final Network network;
    private HostException failure;

    Search(Network network) {
      this.network = network;
    }
  }

  /** The SDK's defaults are about its own transport. */
  private record Builder(Network network) implements SdkHttpClient.Builder<Builder> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new Noting(
          S3Connection.transport(network, TIMEOUT, uri -> network.to(uri).decidedBy(DECIDER)));
    }
  }

  /** Notes what fails on the way: the SDK keeps the texts of failures alone. */
  private record Noting(SdkHttpClient transport) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      ExecutableHttpRequest exchange = transport.prepareRequest(request);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          try {
            return exchange.call();
          } catch (HostException e) {
            Search here = SEARCH.get();
            if (here != null) {
              here.failure = e;
            }
            throw e;
          }
        }

        @Override
        public void abort() {
          exchange.abort();
        }
      };
    }

    @Override
    public String clientName() {
      return transport.clientName();
    }

    @Override
    public void close() {
      transport.close();
    }
  }
}
