package io.coldstream.core.repository;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;

/** Checks that a prefix is empty and creates a repository there. */
final class EmptyPlace {

  private EmptyPlace() {}

  /**
   * Whether a failure to read {@code coldstream.json} means that there is none. Some stores deny to
   * read what is not there; then the listing tells whether it is.
   */
  static boolean tells(ObjectStore store, StoreException failure) {
    if (failure.kind() != StoreException.Kind.ACCESS_DENIED) {
      return failure.kind() == StoreException.Kind.NOT_FOUND;
    }
    try {
      return store.stat(Layout.REPOSITORY).isEmpty();
    } catch (StoreException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  /**
   * Makes sure that nothing is there but what a creation that was cut off leaves, which is {@code
   * RESTORE.txt}, and what a doctor left behind, who ran before the first backup.
   */
  static void require(ObjectStore store, String url) throws RunException {
    try {
      ListPages.each(store, ObjectPrefix.ALL, ListCursor.START, page -> {
        for (StoredObject object : page.objects()) {
          if (!object.name().equals(Layout.RESTORE_TEXT) && !Layout.DOCTOR.holds(object.name())) {
            throw notARepository(url, object.name().value());
          }
        }
        if (page.foreign() > 0) {
          throw notARepository(url, "an object that Coldstream did not write");
        }
        return true;
      });
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  /** Puts there what makes it a repository, the document that decides last. */
  static void fill(ObjectStore store, RepositoryInfo info) throws StoreException {
    putIfAbsent(store, Layout.RESTORE_TEXT, RestoreText.bytes());
    putIfAbsent(store, Layout.REPOSITORY, info.bytes());
  }

  private static void putIfAbsent(ObjectStore store, ObjectName name, byte[] bytes)
      throws StoreException {
    try {
      store.put(new PutRequest(name, Content.of(bytes), Placement.STANDARD));
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  private static RunException notARepository(String url, String found) {
    return new RunException(
        Kind.REPOSITORY_DAMAGED,
        url + " holds " + found + " but no " + Layout.REPOSITORY
            + ": this is not a repository, or it has lost that object. Choose an empty prefix, or"
            + " restore the object (see Repository format)");
  }
}
