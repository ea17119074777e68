package io.coldstream.store.gcs;

import com.google.api.client.googleapis.batch.BatchRequest;
import com.google.api.client.googleapis.batch.json.JsonBatchCallback;
import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.http.HttpHeaders;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.SweepResult;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.Operation;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Removes objects, and what unfinished uploads left behind. */
final class GcsRemoval {

  private static final int BATCH = 100;

  private final GcsConnection connection;
  private final GcsSettings settings;
  private final Keys keys;
  private final Sessions sessions;
  private final SessionRequests uploads;

  GcsRemoval(
      GcsSettings settings, GcsConnection connection, Sessions sessions, SessionRequests uploads) {
    this.connection = connection;
    this.settings = settings;
    this.keys = settings.keys();
    this.sessions = sessions;
    this.uploads = uploads;
  }

  void delete(Collection<ObjectName> names) throws StoreException {
    List<ObjectName> all = List.copyOf(names);
    for (int from = 0; from < all.size(); from += BATCH) {
      deleteBatch(all.subList(from, Math.min(from + BATCH, all.size())));
    }
  }

  private void deleteBatch(List<ObjectName> names) throws StoreException {
    Answers answers = new Answers();
    String shown = keys.shown(names.get(0)) + " and " + (names.size() - 1) + " more";
    GcsFailures.call(Operation.DELETE, shown, () -> {
      BatchRequest batch = connection.batch();
      for (ObjectName name : names) {
        connection
            .client()
            .objects()
            .delete(keys.bucket(), keys.key(name))
            .setUserProject(settings.project().orElse(null))
            .queue(batch, answers.of(keys.shown(name)));
      }
      batch.execute();
      return answers;
    });
    if (answers.failure != null) {
      throw answers.failure;
    }
    if (answers.count != names.size()) {
      throw GcsFailures.failed(
          Operation.DELETE,
          shown,
          Kind.UNAVAILABLE,
          "the store left " + (names.size() - answers.count) + " unanswered; try again");
    }
  }

  /** Cancels the sessions that are kept: the store lists none, and lets them expire in a week. */
  SweepResult sweep(ObjectPrefix prefix, Instant begunBefore) throws StoreException {
    AtomicInteger found = new AtomicInteger();
    sessions.each((name, session) -> {
      if (prefix.holds(name) && session.begun().isBefore(begunBefore)) {
        uploads.cancel(Operation.SWEEP, name, session);
        session.forget();
        found.incrementAndGet();
      }
    });
    return new SweepResult(found.get(), found.get());
  }

  /** What the answers in one answer say: how many there are, and the first failure. */
  private static final class Answers {
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
          if (error.getCode() != 404 && failure == null) {
            failure = GcsFailures.ofObject(Operation.DELETE, shown, error);
          }
        }
      };
    }
  }
}
