package io.coldstream.core.backup.upload;

import io.coldstream.core.backup.plan.PlannedPage;
import io.coldstream.core.backup.plan.Uploaded;
import io.coldstream.core.repository.Condemned;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.StoredDocument;
import io.coldstream.core.repository.manifest.ChunkIdentity;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.PageJson;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uploads one page of file entries. Thread-safe. */
final class PageUpload {

  private static final Logger LOG = LoggerFactory.getLogger(PageUpload.class);

  private final ObjectStore store;
  private final UploadTally tally;
  private final Condemned condemned;

  PageUpload(ObjectStore store, UploadTally tally, Condemned condemned) {
    this.store = store;
    this.tally = tally;
    this.condemned = condemned;
  }

  /** Uploads a page unless it is unchanged, and returns the manifest's entry for it. */
  PageEntry upload(PlannedPage page, Uploaded uploaded) throws RunException {
    if (page.unchanged().isPresent()) {
      return page.unchanged().get();
    }
    List<FileEntry> entries =
        page.files().stream().map(file -> file.entry(uploaded)).toList();
    byte[] bytes = PageJson.write(entries);
    Sha256 content = Sha256.of(bytes);
    requireReadable(
        bytes, entries, entry(Layout.page(page.firstNumber(), content), page, entries, bytes));
    return entry(put(page.firstNumber(), bytes, content), page, entries, bytes);
  }

  private static PageEntry entry(
      ObjectName name, PlannedPage page, List<FileEntry> entries, byte[] bytes) {
    return new PageEntry(
        name,
        page.firstNumber(),
        entries.size(),
        page.fileBytes(),
        bytes.length,
        ChunkIdentity.digest(entries.stream().map(FileEntry::chunkIdentity).toList()));
  }

  /** What cannot be read back must not be referred to. */
  private static void requireReadable(byte[] bytes, List<FileEntry> entries, PageEntry page)
      throws RunException {
    FormatException failure = null;
    try {
      if (bytes.length <= Repository.MAX_PAGE_BYTES
          && PageJson.read(bytes, page).equals(entries)) {
        return;
      }
    } catch (FormatException e) {
      failure = e;
    }
    throw new RunException(
        RunException.Kind.INTERNAL,
        page.object() + ": does not read back as it was made; nothing was committed",
        failure);
  }

  /**
   * Stores the page and returns its name. If an object with other content has that name, or a prune
   * removes the object of that name, the page gets another one.
   */
  private ObjectName put(int firstNumber, byte[] bytes, Sha256 content) throws RunException {
    ObjectName name = Layout.page(firstNumber, content);
    try {
      while (condemned.holds(name)
          || !create(new StoredBytes(name, bytes.length, content), bytes)
              && !isThere(name, bytes)) {
        ObjectName unusable = name;
        name = beside(unusable);
        LOG.warn(
            "{} holds other content, or is being removed; the page is uploaded as {}",
            unusable,
            name);
      }
      return name;
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  /** The name must still end in the content's digest. */
  private static ObjectName beside(ObjectName altered) {
    int digest = altered.value().lastIndexOf('-');
    return new ObjectName(
        altered.value().substring(0, digest) + "-again" + altered.value().substring(digest));
  }

  private boolean create(StoredBytes page, byte[] bytes) throws StoreException {
    try {
      store.put(new PutRequest(page.object(), Content.of(bytes), Placement.STANDARD));
      tally.added(page);
      return true;
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }

  private boolean isThere(ObjectName name, byte[] bytes) throws StoreException, RunException {
    try {
      return StoredDocument.read(
          store, name, Repository.MAX_PAGE_BYTES, found -> Arrays.equals(found, bytes));
    } catch (RunException e) {
      if (e.kind() == RunException.Kind.REPOSITORY_DAMAGED) {
        return false;
      }
      throw e;
    }
  }
}
