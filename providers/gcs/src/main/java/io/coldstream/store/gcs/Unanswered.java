package io.coldstream.store.gcs;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.cloud.Operation;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a call means that failed without an error that the store sent. */
final class Unanswered {

  private static final String CHAIN =
      "they are looked for in the file that GOOGLE_APPLICATION_CREDENTIALS names (a service account's"
          + " key, a workload identity), in those of gcloud (gcloud auth application-default login),"
          + " and at the machine's metadata server";

  /** How the library tells the status of a metadata server's answer. */
  private static final Pattern STATUS = Pattern.compile("Error code ([1-5][0-9]{2})\\b");

  private static final Pattern DESCRIPTION =
      Pattern.compile("\"error_description\"\\s*:\\s*\"([^\"]*)\"");

  private Unanswered() {}

  /** The library cannot read the answer: it is not from this store. */
  static StoreException ofClient(Operation operation, String object, Exception e) {
    return GcsFailures.failed(
        operation,
        object,
        Kind.UNAVAILABLE,
        "the store's answer cannot be read (" + e.getClass().getSimpleName() + "); try again");
  }

  /** The service that gives access tokens has answered with an error. */
  static StoreException ofTokenService(
      Operation operation, String object, int status, String said) {
    if (status == 408 || status == 429 || status >= 500) {
      return GcsFailures.failed(
          operation,
          object,
          Kind.UNAVAILABLE,
          "the service that gives access tokens is busy or out of order (HTTP " + status + ")");
    }
    String what = said.contains("reasonable timeframe")
        ? "the key is taken for expired: this machine's clock may be wrong; set the clock"
        : "the credentials were not accepted; renew them";
    String words = said.isBlank() || said.equals("null") ? "" : "; it said: " + cleaned(said);
    return GcsFailures.failed(
        operation, object, Kind.ACCESS_DENIED, what + " (HTTP " + status + ")" + words);
  }

  private static String cleaned(String said) {
    Matcher description = DESCRIPTION.matcher(said);
    return ForeignText.cleaned(description.find() ? description.group(1) : said);
  }

  /**
   * There are no credentials, or their service cannot be reached.
   *
   * @param network why it cannot be reached; null where that is not the trouble
   */
  static StoreException ofCredentials(
      Operation operation, String object, Exception e, IOException network) {
    if (network != null) {
      return new StoreException(
          Kind.UNAVAILABLE,
          operation.on(object) + "no access token could be fetched: "
              + ForeignText.cleaned(String.valueOf(network)),
          network);
    }
    // The first is our own, and repeats the next.
    Throwable library = e instanceof GcsFailures.NoToken && e.getCause() != null ? e.getCause() : e;
    String text = String.valueOf(library.getMessage());
    Matcher status = STATUS.matcher(text);
    if (status.find()) {
      return ofTokenService(operation, object, Integer.parseInt(status.group(1)), text);
    }
    if (GcsFailures.isRetryable(e)) {
      return GcsFailures.failed(
          operation,
          object,
          Kind.UNAVAILABLE,
          "no access token could be fetched: " + ForeignText.cleaned(text));
    }
    return GcsFailures.failed(operation, object, Kind.ACCESS_DENIED, denied(text));
  }

  private static String denied(String text) {
    if (text.contains("does not support refreshing")) {
      return "the access token has expired, and cannot be renewed";
    }
    return text.contains("default credentials were not found")
        ? "no credentials were found; " + CHAIN
        : "the configured credentials cannot be used: " + ForeignText.cleaned(text);
  }
}
