package io.coldstream.store.gcs;

import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.ListingGuard;
import io.coldstream.store.cloud.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells what is there, by listing alone: that is what a writer may do too, and a listing says which
 * of bucket and object is missing.
 */
final class GcsListing {

  private static final long FULL_PAGE = 1000;
  private static final String KIND = "storage#objects";

  private final Storage client;
  private final GcsSettings settings;
  private final Keys keys;

  GcsListing(GcsSettings settings, GcsConnection connection) {
    this.client = connection.client();
    this.settings = settings;
    this.keys = settings.keys();
  }

  /** Looks one exact name up: it is the first of the keys that begin with it. */
  Optional<Confirmed> look(Operation operation, ObjectName name) throws StoreException {
    String key = keys.key(name);
    ListingGuard guard = new ListingGuard(operation, keys.shown(name), "objects");
    Optional<String> token = Optional.empty();
    while (true) {
      Objects page = page(operation, keys.shown(name), key, Optional.of(key), token, 1);
      // A page may be empty, and not the last one.
      token = Optional.ofNullable(page.getNextPageToken());
      if (page.getItems() != null && !page.getItems().isEmpty()) {
        StorageObject first = page.getItems().get(0);
        return key.equals(first.getName()) ? Confirmed.of(name, first) : Optional.empty();
      }
      if (token.isEmpty()) {
        return Optional.empty();
      }
      guard.page(List.of(), token);
    }
  }

  /**
   * Makes a call that creates an object. Who may create but not delete, and so not replace, may be
   * refused so where the name is taken.
   */
  <T> T settling(ObjectName name, GcsFailures.Call<T> creating) throws StoreException {
    String shown = keys.shown(name);
    try {
      return GcsFailures.call(Operation.PUT, shown, creating);
    } catch (StoreException e) {
      if (e.kind() != Kind.ACCESS_DENIED
          || Thread.currentThread().isInterrupted()
          || !isThere(name, e)) {
        throw e;
      }
      throw GcsFailures.failed(
          Operation.PUT,
          shown,
          Kind.ALREADY_EXISTS,
          "the name is taken, and this identity may not replace it");
    }
  }

  private boolean isThere(ObjectName name, StoreException failure) {
    try {
      return look(Operation.PUT, name).isPresent();
    } catch (StoreException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  /** One page. */
  ListPage page(ObjectPrefix prefix, ListCursor from) throws StoreException {
    String shown = keys.shown() + prefix;
    Optional<String> after = from.after().map(keys::key);
    Objects page = page(Operation.LIST, shown, keys.key(prefix), after, from.token(), FULL_PAGE);
    List<StoredObject> objects = new ArrayList<>();
    List<String> listed = new ArrayList<>();
    int foreign = 0;
    for (StorageObject item :
        page.getItems() == null ? List.<StorageObject>of() : page.getItems()) {
      String key = item.getName();
      if (key == null) {
        continue;
      }
      listed.add(key);
      // A listing starts at its first name, ours behind it.
      if (keys.isFolderMark(key) || after.equals(Optional.of(key))) {
        continue;
      }
      Optional<Confirmed> object = keys.name(key).flatMap(name -> Confirmed.of(name, item));
      if (object.isPresent()) {
        objects.add(object.get().object());
      } else {
        foreign++;
      }
    }
    Optional<String> token = Optional.ofNullable(page.getNextPageToken());
    return new ListPage(objects, ListingGuard.next(shown, from, listed, token), foreign);
  }

  private Objects page(
      Operation operation,
      String shown,
      String prefix,
      Optional<String> startOffset,
      Optional<String> token,
      long most)
      throws StoreException {
    Objects page = GcsFailures.call(
        operation,
        shown,
        () -> client
            .objects()
            .list(keys.bucket())
            .setPrefix(prefix.isEmpty() ? null : prefix)
            .setStartOffset(startOffset.orElse(null))
            .setPageToken(token.orElse(null))
            .setMaxResults(most)
            .setFields("kind,nextPageToken,items(" + Confirmed.FIELDS + ")")
            .setUserProject(settings.project().orElse(null))
            .execute());
    if (page == null || !KIND.equals(page.getKind())) {
      throw GcsFailures.failed(
          operation, shown, Kind.UNAVAILABLE, "the store's answer is no listing; try again");
    }
    return page;
  }
}
