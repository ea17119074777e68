package io.coldstream.core.repository;

import io.coldstream.core.failure.RunException;
import io.coldstream.core.failure.RunException.Kind;
import io.coldstream.core.json.Json;
import io.coldstream.core.manifest.FileEntry;
import io.coldstream.core.manifest.Manifest;
import io.coldstream.core.manifest.ManifestJson;
import io.coldstream.core.manifest.PageEntry;
import io.coldstream.core.manifest.PageJson;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A repository: a prefix on a store that holds the backups of one database. Thread-safe; every call
 * asks the store.
 */
public final class Repository {

  private static final int MAX_INFO_BYTES = 64 << 10;

  /** Longest page that is read. A thousand entries have less than a tenth of it. */
  public static final int MAX_PAGE_BYTES = 4 << 20;

  private final ObjectStore store;
  private final String url;
  private final RepositoryInfo info;

  private Repository(ObjectStore store, String url, RepositoryInfo info) {
    this.store = store;
    this.url = url;
    this.info = info;
  }

  /**
   * Opens what is at a place.
   *
   * @param store the place
   * @param url what people call it, without a query
   * @return the repository; empty when nothing at all is there
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when the place holds something else or a
   *     format that is not known; what the store's failure means otherwise
   */
  public static Optional<Repository> find(ObjectStore store, String url) throws RunException {
    try {
      RepositoryInfo info =
          StoredDocument.read(store, Layout.REPOSITORY, MAX_INFO_BYTES, RepositoryInfo::read);
      return Optional.of(new Repository(store, url, info));
    } catch (StoreException e) {
      if (!EmptyPlace.tells(store, e)) {
        throw RunException.of(e);
      }
    }
    EmptyPlace.require(store, url);
    return Optional.empty();
  }

  /**
   * Opens what must be there.
   *
   * @param store the place
   * @param url what people call it, without a query
   * @return the repository
   * @throws RunException {@link Kind#USAGE} when nothing is there; else as {@link #find}
   */
  public static Repository open(ObjectStore store, String url) throws RunException {
    return find(store, url)
        .orElseThrow(() -> new RunException(
            Kind.USAGE,
            url + ": there is no repository here; check the URL, a first backup makes one"));
  }

  /**
   * Makes a repository where nothing is. Of two that try at once one wins and the other opens it.
   *
   * @param store the place
   * @param url what people call it, without a query
   * @param info what it shall be
   * @return the repository as it is now there
   * @throws RunException what the store's failure means
   */
  public static Repository create(ObjectStore store, String url, RepositoryInfo info)
      throws RunException {
    try {
      putIfAbsent(store, Layout.RESTORE_TEXT, RestoreText.bytes());
      putIfAbsent(store, Layout.REPOSITORY, info.bytes());
    } catch (StoreException e) {
      throw RunException.of(e);
    }
    return open(store, url);
  }

  /**
   * What it is.
   *
   * @return the content of {@code coldstream.json}
   */
  public RepositoryInfo info() {
    return info;
  }

  /**
   * Where it is.
   *
   * @return the store
   */
  public ObjectStore store() {
    return store;
  }

  /**
   * What people call it.
   *
   * @return its URL, without a query
   */
  public String url() {
    return url;
  }

  /**
   * Lists the backups.
   *
   * @param from the lowest number of interest: the listing starts there
   * @return their numbers, ascending
   * @throws RunException what the store's failure means
   */
  public List<Long> sequences(long from) throws RunException {
    ListCursor start = from <= 1 ? ListCursor.START : ListCursor.after(Layout.manifest(from - 1));
    List<Long> found = new ArrayList<>();
    each(Layout.MANIFESTS, start, o -> Layout.sequence(o.name()).ifPresent(found::add));
    return found;
  }

  /**
   * Finds the newest backup.
   *
   * @param hint a number that was once the newest, or 0: only what comes from there on is listed
   * @return its number; empty when there is no backup
   * @throws RunException what the store's failure means
   */
  public Optional<Long> newest(long hint) throws RunException {
    List<Long> found = sequences(hint);
    if (found.isEmpty() && hint > 1) {
      found = sequences(0); // a hint that is ahead of the repository is worth nothing
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  /**
   * Reads a backup's manifest.
   *
   * @param sequence its number
   * @return the manifest
   * @throws RunException {@link Kind#USAGE} when there is no such backup; else as {@link
   *     #findManifest}
   */
  public Manifest manifest(long sequence) throws RunException {
    return findManifest(sequence)
        .orElseThrow(() -> new RunException(
            Kind.USAGE, url + ": there is no backup " + sequence + "; see coldstream list"));
  }

  /**
   * Reads a backup's manifest, if it is still there: a {@code prune} may delete one that was listed.
   *
   * @param sequence its number
   * @return the manifest; empty when there is no such backup
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when it is damaged, of another repository or
   *     of an unknown format
   */
  public Optional<Manifest> findManifest(long sequence) throws RunException {
    Manifest manifest;
    try {
      manifest = StoredDocument.read(
          store,
          Layout.manifest(sequence),
          Json.MAX_BYTES,
          bytes -> ManifestJson.read(bytes, sequence));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw RunException.of(e);
    }
    if (!manifest.repositoryId().equals(info.id())
        || !manifest.databaseId().equals(info.databaseId())) {
      throw new RunException(
          Kind.REPOSITORY_DAMAGED,
          url + ": backup " + sequence + " is of another repository or database than "
              + Layout.REPOSITORY + " says; was one copied over the other?");
    }
    return Optional.of(manifest);
  }

  /**
   * Reads a page of a manifest.
   *
   * @param page the manifest's entry
   * @return its files
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when it is missing or altered
   */
  public List<FileEntry> page(PageEntry page) throws RunException {
    try {
      return StoredDocument.read(
          store, page.object(), MAX_PAGE_BYTES, bytes -> PageJson.read(bytes, page));
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  /**
   * Every object under a prefix, page after page.
   *
   * @param prefix where
   * @param from where to start
   * @param visitor is given each, in the order of names
   * @throws RunException what the store's failure means
   */
  public void each(ObjectPrefix prefix, ListCursor from, Consumer<StoredObject> visitor)
      throws RunException {
    try {
      ListPages pages = new ListPages(store, prefix, from);
      while (pages.hasNext()) {
        pages.next().objects().forEach(visitor);
      }
    } catch (StoreException e) {
      throw RunException.of(e);
    }
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
}
