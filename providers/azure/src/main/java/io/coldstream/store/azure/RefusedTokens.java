package io.coldstream.store.azure;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/**
 * Sends a request again, once, with another token where the store refused its token as expired or
 * revoked. The SDK would send the refused one until the hour is over that it was given for.
 * Thread-safe.
 */
final class RefusedTokens implements HttpPipelinePolicy {

  private static final int REFUSED = 401;

  private static final TokenRequestContext STORAGE =
      new TokenRequestContext().addScopes("https://storage.azure.com/.default");

  private final TokenChain tokens;
  private volatile Replacement last = new Replacement("", "");

  RefusedTokens(TokenChain tokens) {
    this.tokens = tokens;
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    HttpRequest request = context.getHttpRequest();
    String sent = request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION);
    Replacement known = last;
    if (known.refused().equals(sent)) {
      request.setHeader(HttpHeaderName.AUTHORIZATION, known.another());
    }
    HttpPipelineNextPolicy again = next.clone();
    return next.process().flatMap(answer -> {
      if (answer.getStatusCode() != REFUSED) {
        return Mono.just(answer);
      }
      answer.close();
      return another(sent, known).flatMap(header -> {
        request.setHeader(HttpHeaderName.AUTHORIZATION, header);
        return again.process();
      });
    });
  }

  /** Another thread may have fetched one since. */
  private Mono<String> another(String sent, Replacement known) {
    Replacement now = last;
    return now != known && now.refused().equals(sent)
        ? Mono.just(now.another())
        : tokens.another(STORAGE).map(token -> {
          String header = "Bearer " + token.getToken();
          last = new Replacement(sent, header);
          return header;
        });
  }

  /**
   * A header for another one.
   *
   * @param refused what the SDK still sends
   * @param another what is sent instead
   */
  private record Replacement(String refused, String another) {
    /** Hides the tokens. */
    @Override
    public String toString() {
      return "Replacement[...]";
    }
  }
}
