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
import java.util.Optional;
import java.util.Set;

/**
 * A prefix on a store where a repository is, or where one can be created.
 *
 * @param store opened on the prefix; not closed here
 * @param url its URL for messages, without a query
 */
public record RepositoryLocation(ObjectStore store, String url) {

  private static final int MAX_INFO_BYTES = 64 << 10;
  private static final Set<ObjectName> BEFORE_REPOSITORY =
      Set.of(Layout.RESTORE_TEXT, Layout.RESTORE_SCRIPT);

  /**
   * Opens the repository, if there is one.
   *
   * @return the repository; empty when the prefix is empty
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when the prefix holds something else or a
   *     format that is not known; what the store's failure means otherwise
   */
  public Optional<Repository> find() throws RunException {
    try {
      RepositoryInfo info =
          StoredDocument.read(store, Layout.REPOSITORY, MAX_INFO_BYTES, RepositoryInfo::read);
      return Optional.of(new Repository(this, info));
    } catch (RunException e) {
      throw new RunException(
          e.kind(), url + ": " + e.getMessage() + Repair.ofRepository(e), e.getCause());
    } catch (StoreException e) {
      if (!meansAbsent(e)) {
        throw RunException.of(e);
      }
    }
    requireEmpty();
    return Optional.empty();
  }

  /**
   * Opens the repository.
   *
   * @return the repository
   * @throws RunException {@link Kind#USAGE} when there is none; else as {@link #find}
   */
  public Repository open() throws RunException {
    return find()
        .orElseThrow(() -> new RunException(
            Kind.USAGE,
            url + ": there is no repository here; check the URL, or run the first backup, which"
                + " creates one"));
  }

  /**
   * Creates a repository in an empty prefix. If two try at once, one creates it and the other opens it.
   *
   * @param info what it is to be
   * @return the repository as it is on the store now
   * @throws RunException what the store's failure means
   */
  public Repository create(RepositoryInfo info) throws RunException {
    try {
      putIfAbsent(Layout.RESTORE_TEXT, RestoreText.bytes());
      putIfAbsent(Layout.RESTORE_SCRIPT, RestoreText.script());
      putIfAbsent(Layout.REPOSITORY, info.bytes()); // last: it makes the prefix a repository
    } catch (StoreException e) {
      throw RunException.of(e);
    }
    return open();
  }

  /**
   * Whether a failure to read {@code coldstream.json} means that there is none. Some stores answer
   * "denied" for an object that does not exist; the listing then tells.
   */
  private boolean meansAbsent(StoreException failure) {
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
   * Makes sure that the prefix holds nothing, except what a creation that was interrupted has
   * left, and objects of a doctor that ran before the first backup.
   */
  private void requireEmpty() throws RunException {
    try {
      ListPages.each(store, ObjectPrefix.ALL, ListCursor.START, page -> {
        for (StoredObject object : page.objects()) {
          if (!BEFORE_REPOSITORY.contains(object.name()) && !Layout.DOCTOR.holds(object.name())) {
            throw notARepository(object.name().value());
          }
        }
        if (page.foreign() > 0) {
          throw notARepository("an object that Coldstream did not write");
        }
        return true;
      });
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  private void putIfAbsent(ObjectName name, byte[] bytes) throws StoreException {
    try {
      store.put(new PutRequest(name, Content.of(bytes), Placement.STANDARD));
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  private RunException notARepository(String found) {
    return new RunException(
        Kind.REPOSITORY_DAMAGED,
        url + " holds " + found + " but no " + Layout.REPOSITORY
            + ": this is not a repository, or it has lost that object. Check the URL. For a new"
            + " repository choose an empty prefix. If the object was lost, restore it, or write it"
            + " again from any manifest (see Repository format); a restore by hand (RESTORE.txt)"
            + " works without it");
  }
}
