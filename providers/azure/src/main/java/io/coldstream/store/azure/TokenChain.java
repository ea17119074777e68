package io.coldstream.store.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.DefaultAzureCredentialBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/**
 * The default Azure credential. Its failures say which sources the environment configures, and what a
 * token service answered last: the SDK keeps neither. Thread-safe.
 */
final class TokenChain implements TokenCredential {

  private final AtomicInteger lastStatus = new AtomicInteger();
  private final List<String> configured;
  private final boolean hasFile;
  private final DefaultAzureCredentialBuilder builder;
  private volatile TokenCredential chain;

  /**
   * A chain.
   *
   * @param builder of the SDK's chain, which is made here
   * @param environment names and values of the variables
   */
  TokenChain(DefaultAzureCredentialBuilder builder, Map<String, String> environment) {
    this.configured = configured(environment);
    this.hasFile = isSet(environment, "AZURE_CLIENT_CERTIFICATE_PATH")
        || isSet(environment, "AZURE_FEDERATED_TOKEN_FILE");
    this.builder = builder.addPolicy((context, next) -> {
      lastStatus.set(0);
      return next.process().doOnNext(answer -> lastStatus.set(answer.getStatusCode()));
    });
    this.chain = builder.build();
  }

  /** The sources that somebody wants to be used, as a message names them. */
  static List<String> configured(Map<String, String> environment) {
    List<String> sources = new ArrayList<>();
    if (isSet(environment, "AZURE_CLIENT_SECRET")
        || isSet(environment, "AZURE_CLIENT_CERTIFICATE_PATH")) {
      sources.add("client secret or certificate of the environment");
    }
    if (isSet(environment, "AZURE_FEDERATED_TOKEN_FILE")) {
      sources.add("workload identity");
    }
    if (isSet(environment, "IDENTITY_ENDPOINT") || isSet(environment, "MSI_ENDPOINT")) {
      sources.add("managed identity");
    }
    return sources;
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }

  /**
   * Fetches a token. What a token service refuses is read again from its file, once: the SDK keeps a
   * certificate, and somebody may have replaced it.
   */
  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.defer(() -> chain
            .getToken(request)
            .onErrorResume(
                e -> hasFile && isRefusal(lastStatus.get()), e -> afresh().getToken(request)))
        .onErrorMap(e -> new NoTokenException(configured, lastStatus.get(), e));
  }

  /** Fetches a token instead of one that the store refused: the SDK would give that one again. */
  Mono<AccessToken> another(TokenRequestContext request) {
    return Mono.defer(() -> afresh().getToken(request))
        .onErrorMap(e -> new NoTokenException(configured, lastStatus.get(), e));
  }

  private TokenCredential afresh() {
    chain = builder.build();
    return chain;
  }

  private static boolean isRefusal(int status) {
    return status >= 400 && status < 500 && status != 408 && status != 429;
  }

  /** No source gave a token. */
  static final class NoTokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> configured;
    private final int status;

    /**
     * A failure of the chain.
     *
     * @param configured the sources that are configured; may be empty
     * @param status what a token service answered last; 0 where none did
     * @param cause the SDK's failure
     */
    NoTokenException(List<String> configured, int status, Throwable cause) {
      super("no token", cause);
      this.configured = List.copyOf(configured);
      this.status = status;
    }

    List<String> configured() {
      return configured;
    }

    int status() {
      return status;
    }
  }
}
