package io.coldstream.core.repository;

import io.coldstream.core.failure.RunException;
import io.coldstream.core.failure.RunException.Kind;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;

/** A place that may become a repository, because nothing is there. */
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
      ListPages pages = new ListPages(store, ObjectPrefix.ALL, ListCursor.START);
      while (pages.hasNext()) {
        ListPage page = pages.next();
        for (StoredObject object : page.objects()) {
          if (!object.name().equals(Layout.RESTORE_TEXT) && !Layout.DOCTOR.holds(object.name())) {
            throw notARepository(url, object.name().value());
          }
        }
        if (page.foreign() > 0) {
          throw notARepository(url, "something under a name that Coldstream never gives");
        }
      }
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  private static RunException notARepository(String url, String found) {
    return new RunException(
        Kind.REPOSITORY_DAMAGED,
        url + " holds " + found + " but no " + Layout.REPOSITORY
            + ": this is not a repository; choose an empty prefix");
  }
}
