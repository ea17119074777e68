package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.PageJson;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A repository: a prefix on a store that holds the backups of one database. Thread-safe; every call
 * asks the store.
 */
public final class Repository {

  /** Longest page that is read. A thousand entries have less than a tenth of it. */
  public static final int MAX_PAGE_BYTES = 4 << 20;

  private final RepositoryLocation location;
  private final RepositoryInfo info;

  Repository(RepositoryLocation location, RepositoryInfo info) {
    this.location = location;
    this.info = info;
  }

  /**
   * Returns the content of {@code coldstream.json}.
   *
   * @return the content of {@code coldstream.json}
   */
  public RepositoryInfo info() {
    return info;
  }

  /**
   * Returns the store of the repository.
   *
   * @return the store
   */
  public ObjectStore store() {
    return location.store();
  }

  /**
   * Returns the URL, for messages.
   *
   * @return the URL, without a query
   */
  public String url() {
    return location.url();
  }

  /**
   * Lists the backups.
   *
   * @param from the lowest number of interest: the listing starts there
   * @return their numbers, ascending
   * @throws RunException what the store's failure means
   */
  public List<Long> sequences(long from) throws RunException {
    return ManifestNumbers.list(this, from).backups();
  }

  /**
   * Lists the numbers that matter to the next backup.
   *
   * @param hint a number that was once the newest, or 0: only what comes from there on is listed
   * @return the numbers, with that of the newest backup
   * @throws RunException what the store's failure means
   */
  public ManifestNumbers numbers(long hint) throws RunException {
    ManifestNumbers found = ManifestNumbers.list(this, hint);
    return found.backups().isEmpty() && hint > 1
        ? ManifestNumbers.list(this, 0) // a hint that is ahead of the repository is ignored
        : found;
  }

  /**
   * Finds the newest backup, which must be there.
   *
   * @return its number
   * @throws RunException as {@link NoBackup#found} when there is none; what the store's failure means
   */
  public long newest() throws RunException {
    Optional<Long> newest = numbers(0).newest();
    if (newest.isEmpty()) {
      throw NoBackup.found(this);
    }
    return newest.get();
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
            Kind.USAGE,
            url() + ": there is no backup " + sequence,
            null,
            List.of(new Remedy("To see which backups there are, run", Remedy.Action.LIST))));
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
    return find(() -> StoredManifest.read(this, sequence));
  }

  /**
   * Reads a backup's manifest as it is stored, if it is still there.
   *
   * @param sequence its number
   * @return its bytes; empty when there is no such backup
   * @throws RunException as {@link #findManifest}
   */
  public Optional<byte[]> findManifestBytes(long sequence) throws RunException {
    return find(() -> StoredManifest.bytes(this, sequence));
  }

  /** Reads something that may be gone. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws StoreException, RunException;
  }

  private static <T> Optional<T> find(Reading<T> reading) throws RunException {
    try {
      return Optional.of(reading.read());
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw RunException.of(e);
    }
  }

  /**
   * Reads a backup's manifest, if it is still there and can be read.
   *
   * @param sequence its number
   * @param unreadable receives the reason if it cannot be read
   * @return the manifest; empty when there is none that can be read
   * @throws RunException what the store's failure means
   */
  public Optional<Manifest> readableManifest(long sequence, Consumer<RunException> unreadable)
      throws RunException {
    try {
      return findManifest(sequence);
    } catch (RunException e) {
      if (e.kind() != Kind.REPOSITORY_DAMAGED) {
        throw e;
      }
      unreadable.accept(e);
      return Optional.empty();
    }
  }

  /**
   * Reads the newest of some backups that can be read.
   *
   * @param sequences their numbers, ascending
   * @param unreadable receives each newer one that cannot be read, and the reason
   * @return the manifest; empty when none can be read
   * @throws RunException what the store's failure means
   */
  public Optional<Manifest> newestReadable(
      List<Long> sequences, BiConsumer<Long, RunException> unreadable) throws RunException {
    Optional<Manifest> newest = Optional.empty();
    for (int i = sequences.size() - 1; i >= 0 && newest.isEmpty(); i--) {
      long sequence = sequences.get(i);
      newest = readableManifest(sequence, e -> unreadable.accept(sequence, e));
    }
    return newest;
  }

  /**
   * Reads a page of a manifest.
   *
   * @param page the manifest's entry
   * @return its files
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when it is missing or altered, with a
   *     remedy: the chunk files on a node hold what a page says
   */
  public List<FileEntry> page(PageEntry page) throws RunException {
    try {
      return StoredDocument.read(
          store(), page.object(), MAX_PAGE_BYTES, bytes -> PageJson.read(bytes, page));
    } catch (StoreException e) {
      throw pageFailure(RunException.of(e));
    } catch (RunException e) {
      throw pageFailure(e);
    }
  }

  private static RunException pageFailure(RunException failure) {
    return failure.kind() != Kind.REPOSITORY_DAMAGED
        ? failure
        : new RunException(
            failure.kind(),
            failure.getMessage(),
            failure,
            List.of(new Remedy(
                "To write it again from a node that still has these chunks, run",
                Remedy.Action.RECHECK)));
  }

  /**
   * Visits every object under a prefix.
   *
   * @param prefix where
   * @param from where to start
   * @param visitor is given each, in the order of names
   * @throws RunException what the store's failure means
   */
  public void each(ObjectPrefix prefix, ListCursor from, Consumer<StoredObject> visitor)
      throws RunException {
    try {
      ListPages.each(store(), prefix, from, page -> {
        page.objects().forEach(visitor);
        return true;
      });
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }
}
