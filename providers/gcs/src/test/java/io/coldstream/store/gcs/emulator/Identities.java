package io.coldstream.store.gcs.emulator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who calls, by the token that came along. Without a token, everybody may everything until {@link
 * #requireTokens}.
 */
public final class Identities {

  private static final Identity SENDER = Identity.named("Holder of a session").allowTheRest();

  private final Map<String, Identity> byToken = new ConcurrentHashMap<>();
  private volatile Optional<Identity> anonymous =
      Optional.of(Identity.named("Anonymous caller").allowTheRest());

  /** Lets somebody in who brings this token; in place of whom it stood for so far. */
  public void put(String token, Identity identity) {
    byToken.put(token, identity);
  }

  /** Makes a token worthless. */
  public void expire(String token) {
    byToken.remove(token);
  }

  /** Who comes in without a token from now on. */
  public void anonymous(Identity identity) {
    anonymous = Optional.of(identity);
  }

  /** Nobody comes in without a token from now on. */
  public void requireTokens() {
    anonymous = Optional.empty();
  }

  Identity of(Request request) {
    Optional<String> token =
        request.header("Authorization").map(header -> header.replaceFirst("(?i)^Bearer +", ""));
    if (token.isPresent()) {
      return Optional.ofNullable(byToken.get(token.get()))
          .orElseThrow(() -> new Refusal(401, "authError", "Invalid Credentials"));
    }
    if (request.query("upload_id").isPresent()) {
      // The URL of a session is in itself the right to continue it.
      return SENDER;
    }
    return anonymous.orElseThrow(
        () -> new Refusal(401, "required", "Anonymous caller does not have access."));
  }
}
