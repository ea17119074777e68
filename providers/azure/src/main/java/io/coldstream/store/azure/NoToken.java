package io.coldstream.store.azure;

import com.microsoft.aad.msal4j.MsalServiceException;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.Transports;
import io.coldstream.store.network.HostException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a call means for which there was no token. */
final class NoToken {

  private static final String CHAIN = "they are looked for in the environment ("
      + Credentials.CONNECTION_STRING + ", " + Credentials.KEY + ", " + Credentials.SAS_TOKEN
      + ", AZURE_CLIENT_ID and so on), workload identity, the machine's managed identity, and the"
      + " command-line tools (az login)";

  /** How the SDK's chain ends at a source that is there and fails. */
  private static final Pattern FAILED =
      Pattern.compile("(\\w+)Credential authentication failed\\.");

  private NoToken() {}

  static StoreException failure(
      Operation operation, String object, TokenChain.NoTokenException none) {
    List<Throwable> causes = Stream.iterate(none.getCause(), t -> t != null, Throwable::getCause)
        .limit(20)
        .toList();
    Optional<Integer> status = causes.stream()
        .filter(MsalServiceException.class::isInstance)
        .map(e -> ((MsalServiceException) e).statusCode())
        .filter(code -> code != null)
        .findFirst()
        .or(() -> Optional.of(none.status()))
        .filter(NoToken::isPassing);
    if (status.isPresent()) {
      return AzureFailures.failed(
          operation,
          object,
          Kind.UNAVAILABLE,
          "the service that gives tokens is busy or out of order (HTTP " + status.get()
              + "); try again");
    }
    Optional<String> source = source(none, causes);
    if (source.isEmpty()) {
      return AzureFailures.failed(
          operation, object, Kind.ACCESS_DENIED, "no credentials were found; " + CHAIN);
    }
    Optional<HostException> way = Transports.wayFailure(none);
    if (way.isPresent()) {
      return new StoreException(
          way.get().kind(),
          operation.on(object) + source.get() + ": " + way.get().getMessage(),
          way.get());
    }
    String what = source.get() + ": " + words(causes);
    if (causes.stream().anyMatch(CertificateException.class::isInstance)) {
      return AzureFailures.failed(operation, object, Kind.REJECTED, what);
    }
    Optional<IOException> network = causes.stream()
        .filter(e -> e instanceof IOException && !isFile(e))
        .map(IOException.class::cast)
        .findFirst();
    return network.isPresent()
        ? new StoreException(
            Kind.UNAVAILABLE,
            operation.on(object) + what + "; the service that gives tokens cannot be reached",
            network.get())
        : AzureFailures.failed(operation, object, Kind.ACCESS_DENIED, what);
  }

  private static boolean isPassing(int status) {
    return status == 408 || status == 429 || status >= 500;
  }

  private static boolean isFile(Throwable e) {
    return e instanceof FileSystemException || e instanceof FileNotFoundException;
  }

  /** The source that failed; empty where none is configured. */
  private static Optional<String> source(TokenChain.NoTokenException none, List<Throwable> causes) {
    // Of the chain's own name, and then of the source's, the last counts.
    String failed = "";
    for (Throwable e : causes) {
      Matcher named = FAILED.matcher(String.valueOf(e.getMessage()));
      while (named.find()) {
        failed = named.group(1).equals("DefaultAzure") ? failed : named.group(1);
      }
    }
    return switch (failed) {
      case "" -> none.configured().stream().reduce((a, b) -> a + ", " + b);
      case "Environment" -> Optional.of("client secret or certificate of the environment");
      case "WorkloadIdentity" -> Optional.of("workload identity");
      // Asked on every machine: a failure counts only where one is configured.
      case "ManagedIdentity" ->
        none.configured().contains("managed identity")
            ? Optional.of("managed identity")
            : none.configured().stream().reduce((a, b) -> a + ", " + b);
      case "AzureCli" -> Optional.of("command-line tool (az login)");
      default -> Optional.of(failed);
    };
  }

  private static String words(List<Throwable> causes) {
    for (Throwable e : causes) {
      if (e instanceof FileSystemException file) {
        return e instanceof NoSuchFileException
            ? "the file " + file.getFile() + " does not exist"
            : "the file " + file.getFile() + " cannot be read";
      }
    }
    Throwable last = causes.get(causes.size() - 1);
    return ForeignText.cleaned(
        last instanceof IOException || last.getMessage() == null
            ? last.toString()
            : last.getMessage());
  }
}
