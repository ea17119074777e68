package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.ManifestJson;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.json.Json;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the manifests of one repository. */
final class StoredManifest {

  private StoredManifest() {}

  /**
   * Reads the manifest of one backup.
   *
   * @throws StoreException when the store does not give it
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when it is damaged, of another repository or
   *     of an unknown format
   */
  static Manifest read(Repository repository, long sequence) throws StoreException, RunException {
    return read(repository, sequence, manifest -> {});
  }

  /**
   * Reads the manifest of one backup as it is stored.
   *
   * @return its bytes, which are those of a manifest of this repository
   * @throws StoreException as {@link #read}
   * @throws RunException as {@link #read}
   */
  static byte[] bytes(Repository repository, long sequence) throws StoreException, RunException {
    List<byte[]> found = new ArrayList<>();
    read(repository, sequence, found::add);
    return found.get(0);
  }

  private static Manifest read(Repository repository, long sequence, Consumer<byte[]> document)
      throws StoreException, RunException {
    ObjectName name = Layout.manifest(sequence);
    Manifest manifest = StoredDocument.read(repository.store(), name, Json.MAX_BYTES, bytes -> {
      document.accept(bytes);
      return ManifestJson.read(bytes, name.value(), sequence);
    });
    RepositoryInfo info = repository.info();
    if (!manifest.repositoryId().equals(info.id())
        || !manifest.log().lineage().databaseId().equals(info.databaseId())) {
      throw new RunException(
          Kind.REPOSITORY_DAMAGED,
          repository.url() + ": backup " + sequence + " belongs to another repository or database"
              + " than "
              + Layout.REPOSITORY + " says; one repository may have been copied over the other");
    }
    return manifest;
  }
}
