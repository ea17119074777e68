package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.json.Json;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The objects that prunes are about to remove, or have just removed. Documents are read when they are
 * first needed, each once. Thread-safe.
 */
public final class Condemned {

  private final Map<ObjectName, Set<ObjectName>> read = new HashMap<>();
  private Optional<Repository> repository = Optional.empty();
  private List<ObjectName> documents = List.of();

  /**
   * Lists what prunes remove now.
   *
   * @param repository where
   * @return the objects, not yet read
   * @throws RunException what the store's failure means
   */
  public static Condemned listed(Repository repository) throws RunException {
    List<ObjectName> documents = new ArrayList<>();
    repository.each(
        Layout.MANIFESTS, ListCursor.after(Layout.manifest(Manifest.MAX_SEQUENCE)), object -> {
          if (Condemnation.isDocument(object.name())) {
            documents.add(object.name());
          }
        });
    Condemned condemned = new Condemned();
    condemned.update(repository, documents);
    return condemned;
  }

  /**
   * Takes over what a listing has shown. Before, nothing is condemned.
   *
   * @param there the repository
   * @param listed its documents
   */
  public synchronized void update(Repository there, List<ObjectName> listed) {
    repository = Optional.of(there);
    documents = List.copyOf(listed);
  }

  /**
   * Whether an object is condemned.
   *
   * @param object its name
   * @return true when a document names it
   * @throws RunException when a document cannot be read
   */
  public synchronized boolean holds(ObjectName object) throws RunException {
    for (ObjectName document : documents) {
      if (objects(document).contains(object)) {
        return true;
      }
    }
    return false;
  }

  /** {@return whether nothing is, without reading a document} */
  public synchronized boolean isEmpty() {
    return documents.isEmpty();
  }

  private Set<ObjectName> objects(ObjectName document) throws RunException {
    Set<ObjectName> objects = read.get(document);
    if (objects == null) {
      // One that is gone by now was carried out long ago.
      objects = find(repository.orElseThrow(), document)
          .map(found -> Set.copyOf(found.objects()))
          .orElse(Set.of());
      read.put(document, objects);
    }
    return objects;
  }

  /**
   * Reads a document, if it is there.
   *
   * @param repository where it is
   * @param document its name
   * @return the document; empty when it was removed meanwhile
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when it is damaged or of an unknown format;
   *     what the store's failure means
   */
  public static Optional<Condemnation> find(Repository repository, ObjectName document)
      throws RunException {
    try {
      return Optional.of(StoredDocument.read(
          repository.store(),
          document,
          Json.MAX_BYTES,
          bytes -> Condemnation.read(bytes, document, repository.info().id())));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw RunException.of(e);
    } catch (RunException e) {
      throw e.advisingOnDamage("; it says what a prune was about to remove. Make sure that no"
          + " prune runs, delete this object, and run this again after the time that"
          + " \"prune-grace\" says");
    }
  }
}
