package io.coldstream.store.s3;

import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.network.Network;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The sources of the SDK's default chain, in its order. Unlike the SDK's chain it keeps why each
 * configured source failed. A source that gave credentials is asked alone from then on, until {@link
 * #renewed} forgets it. Thread-safe.
 */
final class CredentialChain implements AwsCredentialsProvider, SdkAutoCloseable {

  static {
    TokenTransports.register();
  }

  private final Network network;
  private final List<CredentialSource> sources;
  private Optional<CredentialSource> source = Optional.empty();
  private Optional<AwsCredentialsProvider> provider = Optional.empty();
  private Optional<AwsCredentials> last = Optional.empty();

  /** Those of the environment. */
  CredentialChain(Network network) {
    this(network, CredentialSource.all());
  }

  /**
   * A chain.
   *
   * @param network how token services are reached
   * @param sources in the order in which they are asked
   */
  CredentialChain(Network network, List<CredentialSource> sources) {
    this.network = network;
    this.sources = List.copyOf(sources);
  }

  /**
   * Finds credentials.
   *
   * @throws CredentialException when no source has any
   */
  @Override
  public synchronized AwsCredentials resolveCredentials() {
    if (provider.isPresent()) {
      try {
        return asked(provider.get());
      } catch (RuntimeException e) {
        throw CredentialException.of(source.get().failure(e).stream().toList(), e);
      }
    }
    List<CredentialException.Reason> reasons = new ArrayList<>();
    RuntimeException first = null;
    for (CredentialSource each : sources) {
      AwsCredentialsProvider asked = null;
      try {
        asked = TokenTransports.on(network, each.maker());
        AwsCredentials found = asked(asked);
        source = Optional.of(each);
        provider = Optional.of(asked);
        return found;
      } catch (RuntimeException e) {
        close(asked);
        Optional<CredentialException.Reason> reason = each.failure(e);
        reason.ifPresent(reasons::add);
        first = first == null && reason.isPresent() ? e : first;
      }
    }
    throw CredentialException.of(reasons, first);
  }

  private AwsCredentials asked(AwsCredentialsProvider from) {
    AwsCredentials credentials = TokenTransports.on(network, from::resolveCredentials);
    last = Optional.of(credentials);
    return credentials;
  }

  /** Whose the credentials are, for people; empty before the first are found. */
  synchronized Optional<String> origin() {
    return source.map(CredentialSource::origin);
  }

  /**
   * Reads every source again after the store refused credentials as expired or unknown.
   *
   * @param refused what the refused request was signed with
   * @return whether there are other credentials now, so that the request is worth another attempt
   * @throws CredentialException when no source has any
   */
  synchronized boolean renewed(SignedBy refused) {
    if (last.filter(refused::isOf).isPresent()) {
      forget();
      resolveCredentials();
    }
    return last.filter(credentials -> !refused.isOf(credentials)).isPresent();
  }

  private void forget() {
    provider.ifPresent(CredentialChain::close);
    provider = Optional.empty();
    source = Optional.empty();
  }

  private static void close(AwsCredentialsProvider provider) {
    if (provider instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }

  @Override
  public synchronized void close() {
    forget();
  }

  /**
   * Whose signature a request carried.
   *
   * @param accessKeyId the access key's id
   * @param token the session's token; empty without one
   */
  record SignedBy(String accessKeyId, String token) {
    boolean isOf(AwsCredentialsIdentity credentials) {
      String theirs =
          credentials instanceof AwsSessionCredentials session ? session.sessionToken() : "";
      return credentials.accessKeyId().equals(accessKeyId) && theirs.equals(token);
    }

    /** Hides the token. */
    @Override
    public String toString() {
      return "SignedBy[...]";
    }
  }

  /** No source gave credentials, or the one that gave them before does no longer. */
  static final class CredentialException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String NONE =
        "no credentials were found; they are looked for in the environment (AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY), a web identity token, the profile (~/.aws), and the role of"
            + " the container or machine";

    private final Kind kind;

    private CredentialException(Kind kind, String message, Throwable cause) {
      super(message, isOfUnknownHost(cause) ? null : cause);
      this.kind = kind;
    }

    /** The SDK would replace an exception with such a cause, and then refuse its own replacement. */
    private static boolean isOfUnknownHost(Throwable cause) {
      return Stream.iterate(cause, t -> t != null, Throwable::getCause)
          .limit(20)
          .anyMatch(UnknownHostException.class::isInstance);
    }

    /**
     * Why a configured source gave none.
     *
     * @param kind whether another attempt may help
     * @param what the source and its own cause
     */
    record Reason(Kind kind, String what) {}

    /**
     * The failure of a chain.
     *
     * @param reasons of the configured sources; empty when none is configured
     * @param cause the first source's failure; may be null
     */
    static CredentialException of(List<Reason> reasons, Throwable cause) {
      if (reasons.isEmpty()) {
        return new CredentialException(Kind.ACCESS_DENIED, NONE, cause);
      }
      Kind kind = reasons.stream()
          .map(Reason::kind)
          .filter(k -> k == Kind.UNAVAILABLE)
          .findFirst()
          .orElse(reasons.get(0).kind());
      return new CredentialException(
          kind, reasons.stream().map(Reason::what).collect(Collectors.joining("; ")), cause);
    }

    Kind kind() {
      return kind;
    }
  }
}
