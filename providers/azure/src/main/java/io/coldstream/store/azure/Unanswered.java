package io.coldstream.store.azure;

import com.microsoft.aad.msal4j.MsalServiceException;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.cloud.Operation;

/** What a call means that failed without an error that the store sent. */
final class Unanswered {

  private Unanswered() {}

  /** No token came: there are no credentials, they were refused, or the token service is busy. */
  static StoreException withoutCredentials(Operation operation, String object, Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof MsalServiceException service && isPassing(service.statusCode())) {
        return AzureFailures.failed(
            operation,
            object,
            Kind.UNAVAILABLE,
            "the service that gives tokens is busy or out of order (HTTP " + service.statusCode()
                + "); try again");
      }
    }
    return AzureFailures.failed(
        operation,
        object,
        Kind.ACCESS_DENIED,
        "no credentials were found, or they were refused; they are looked for in the environment ("
            + Credentials.CONNECTION_STRING + ", " + Credentials.KEY + ", " + Credentials.SAS_TOKEN
            + ", AZURE_CLIENT_ID and so on), workload identity, the machine's managed identity, and the"
            + " command-line tools (az login); it said: "
            + ForeignText.cleaned(String.valueOf(e.getMessage())));
  }

  private static boolean isPassing(Integer status) {
    return status != null && (status == 408 || status == 429 || status >= 500);
  }

  /**
   * The SDK refuses values of ours with one kind of exception. With every other it cannot read an
   * answer: its XML cannot be read, or lacks what Azure always sends.
   */
  static StoreException ofClient(Operation operation, String object, Throwable e) {
    String message = ForeignText.cleaned(String.valueOf(e.getMessage()));
    if (!(e instanceof IllegalArgumentException)) {
      return AzureFailures.failed(
          operation, object, Kind.UNAVAILABLE, "the answer is not Azure's: " + message);
    }
    return AzureFailures.failed(
        operation,
        object,
        Kind.REJECTED,
        message.contains("https")
            ? "the token of a managed identity or of another role is sent over https only, and the"
                + " endpoint is http; use an https endpoint, an account key or a SAS"
            : message);
  }
}
