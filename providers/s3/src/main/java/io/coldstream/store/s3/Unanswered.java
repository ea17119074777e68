package io.coldstream.store.s3;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.ForeignText;
import io.coldstream.store.cloud.Operation;

/** What a call means that failed without an error that the store sent. */
final class Unanswered {

  private Unanswered() {}

  static StoreException ofClient(Operation operation, String object, Exception e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("different checksum")) {
      return S3Failures.failed(
          operation,
          object,
          Kind.CORRUPT,
          "the checksum differs: other bytes arrived than were stored");
    }
    if (message.contains("Unable to load region")) {
      return S3Failures.failed(
          operation,
          object,
          Kind.REJECTED,
          "no region is known; set region in the repository's settings, or AWS_REGION");
    }
    if (message.contains("Unable to unmarshall")
        || message.contains("Unable to parse")
        || message.contains("Could not parse")
        || e instanceof IllegalStateException) {
      return S3Failures.failed(
          operation,
          object,
          Kind.UNAVAILABLE,
          "the answer is not S3's: " + ForeignText.cleaned(message));
    }
    return S3Failures.failed(operation, object, Kind.REJECTED, ForeignText.cleaned(message));
  }
}
