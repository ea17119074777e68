package io.coldstream.store.gcs;

import com.google.api.client.googleapis.batch.json.JsonBatchCallback;
import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.http.HttpHeaders;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.AnswerException;
import io.coldstream.store.cloud.DriverCalls;
import io.coldstream.store.cloud.Operation;
import java.io.IOException;

/** What the answers in the answer to a batch say: how many there are, and the worst failure. */
final class RemovalAnswers {

  private StoreException failure;
  private int count;

  JsonBatchCallback<Void> of(String shown) {
    return new JsonBatchCallback<>() {
      @Override
      public void onSuccess(Void nothing, HttpHeaders headers) {
        count++;
      }

      @Override
      public void onFailure(GoogleJsonError error, HttpHeaders headers) throws IOException {
        count++;
        if (error.getCode() != 404) {
          failure =
              DriverCalls.worse(failure, GcsFailures.ofObject(Operation.DELETE, shown, error));
        }
      }
    };
  }

  /** Fails for the worst failure, and where answers are missing. */
  void check(int asked) throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (count != asked) {
      throw new AnswerException(
          Kind.UNAVAILABLE, "the store left " + (asked - count) + " unanswered; try again");
    }
  }
}
