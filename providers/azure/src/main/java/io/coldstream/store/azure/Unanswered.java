package io.coldstream.store.azure;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.cloud.Operation;

/** What a call means that failed without an error that the store sent. */
final class Unanswered {

  private Unanswered() {}

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
