package io.coldstream.core.upload;

import io.coldstream.core.failure.RunException;
import io.coldstream.core.manifest.ChunkIdentity;
import io.coldstream.core.manifest.FileEntry;
import io.coldstream.core.manifest.PageEntry;
import io.coldstream.core.manifest.PageJson;
import io.coldstream.core.manifest.Sha256;
import io.coldstream.core.manifest.StoredBytes;
import io.coldstream.core.plan.PlannedFile;
import io.coldstream.core.plan.PlannedPage;
import io.coldstream.core.plan.StoredObjects;
import io.coldstream.core.repository.Layout;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.util.List;

/** Writes one page of file entries. Thread-safe. */
final class PageUpload {

  private final ObjectStore store;
  private final StoredObjects stored;

  PageUpload(ObjectStore store, StoredObjects stored) {
    this.store = store;
    this.stored = stored;
  }

  /** The manifest's entry for a page, which is on the store when this returns. */
  PageEntry upload(PlannedPage page) throws RunException {
    if (page.unchanged().isPresent()) {
      return page.unchanged().get();
    }
    List<FileEntry> entries = page.files().stream()
        .map(file -> file.entry(name -> digest(file, name)))
        .toList();
    byte[] bytes = PageJson.write(entries);
    Sha256 content = Sha256.of(bytes);
    ObjectName name = Layout.page(page.firstNumber(), content);
    put(name, bytes, content);
    return new PageEntry(
        name,
        page.firstNumber(),
        entries.size(),
        page.fileBytes(),
        bytes.length,
        ChunkIdentity.digest(entries.stream().map(FileEntry::chunkIdentity).toList()));
  }

  private Sha256 digest(PlannedFile file, ObjectName name) {
    return stored.find(name, file.lengthBytes()).orElseThrow();
  }

  private void put(ObjectName name, byte[] bytes, Sha256 content) throws RunException {
    StoredBytes page = new StoredBytes(name, bytes.length, content);
    try {
      store.put(new PutRequest(name, Content.of(bytes), Placement.STANDARD));
      stored.added(page);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ALREADY_EXISTS) {
        throw RunException.of(e);
      }
      stored.found(page);
    }
  }
}
