package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.KnownFiles;
import io.coldstream.core.repository.BackupNeeds;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.ChunkIdentity;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.log.Lineage;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the newest backup holds. A page is read only when its digest is not that of the chunks that
 * are looked up. Used by one thread at a time.
 */
public final class NewestBackup implements KnownFiles {

  private static final Logger LOG = LoggerFactory.getLogger(NewestBackup.class);

  private final Repository repository;
  private final Manifest manifest;
  private final boolean tolerateDamage;
  private final Map<Integer, Map<String, FileEntry>> readPages = new HashMap<>();

  /**
   * A backup, read as far as needed.
   *
   * @param repository where it is
   * @param manifest its manifest
   * @param tolerateDamage whether a missing or damaged page counts as empty, so that its files are
   *     looked up and digested, and the page is written again
   */
  public NewestBackup(Repository repository, Manifest manifest, boolean tolerateDamage) {
    this.repository = repository;
    this.manifest = manifest;
    this.tolerateDamage = tolerateDamage;
  }

  /** {@return its manifest} */
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public List<Chunk> unknown(List<Chunk> completed) throws RunException {
    List<Chunk> unknown = new ArrayList<>();
    for (Map.Entry<Integer, List<Chunk>> group : byPage(completed).entrySet()) {
      if (unchanged(group.getKey(), group.getValue()).isEmpty()) {
        for (Chunk chunk : group.getValue()) {
          if (find(chunk).isEmpty()) {
            unknown.add(chunk);
          }
        }
      }
    }
    return unknown;
  }

  @Override
  public boolean knows(DatabaseFile indexFile) throws RunException {
    return find(indexFile).isPresent();
  }

  @Override
  public Optional<Lineage> lineage() {
    return Optional.of(manifest.log().lineage());
  }

  /**
   * The page that holds exactly some chunks.
   *
   * @param firstNumber first number of its thousand
   * @param chunks the chunks, in the order of their numbers
   * @return the page, unread; empty when there is none, or it holds others
   */
  Optional<PageEntry> unchanged(int firstNumber, List<Chunk> chunks) {
    Sha256 digest =
        ChunkIdentity.digest(chunks.stream().map(NewestBackup::identity).toList());
    return manifest.files().pages().stream()
        .filter(page -> page.firstNumber() == firstNumber && page.identities().equals(digest))
        .findFirst();
  }

  /**
   * Looks up a completed chunk or a file of the index. For a chunk its page may have to be read.
   *
   * @param file the file
   * @return the entry that holds the same bytes: a chunk of the same identity, a table of the same
   *     name, length and MD5, an equal index map; a Bloom filter of the same name and length, which
   *     cannot have changed while its table is listed
   * @throws RunException when the page cannot be read
   */
  Optional<FileEntry> find(DatabaseFile file) throws RunException {
    if (file instanceof Chunk chunk) {
      return Optional.ofNullable(page(pageOf(chunk)).get(identity(chunk)));
    }
    Optional<FileEntry> found =
        manifest.files().index().map(IndexEntry::all).orElse(List.of()).stream()
            .filter(entry ->
                entry.name().equals(file.fileName()) && entry.lengthBytes() == file.lengthBytes())
            .findFirst();
    if (file.content().isPresent()) {
      Sha256 content = Sha256.of(file.content().get());
      return found.filter(entry -> entry.sha256().equals(content));
    }
    if (file.md5().isPresent()) {
      String object = Layout.of(file).value();
      return found.filter(entry -> entry.objects().get(0).object().value().startsWith(object));
    }
    return found;
  }

  /**
   * Whether the newest backup needs an object. For one that its manifest does not name, every page is
   * read.
   *
   * @param object its name
   * @return true when it does
   * @throws RunException when a page cannot be read
   */
  public boolean needs(ObjectName object) throws RunException {
    if (BackupNeeds.of(manifest).stream().anyMatch(stored -> stored.object().equals(object))) {
      return true;
    }
    for (PageEntry page : manifest.files().pages()) {
      if (page.object().equals(object)
          || page(page.firstNumber()).values().stream()
              .flatMap(file -> file.objects().stream())
              .anyMatch(stored -> stored.object().equals(object))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Completed chunks by the first number of their page.
   *
   * @param chunks in the order of their numbers
   * @return the groups, in that order
   */
  static Map<Integer, List<Chunk>> byPage(List<Chunk> chunks) {
    Map<Integer, List<Chunk>> pages = new TreeMap<>();
    for (Chunk chunk : chunks) {
      pages.computeIfAbsent(pageOf(chunk), first -> new ArrayList<>()).add(chunk);
    }
    return pages;
  }

  private static int pageOf(Chunk chunk) {
    int number = chunk.header().firstNumber();
    return number - number % PageEntry.NUMBERS_PER_PAGE;
  }

  private static String identity(Chunk chunk) {
    return ChunkIdentity.line(
        chunk.name().toString(),
        chunk.header().firstNumber(),
        chunk.header().lastNumber(),
        chunk.header().id().toString(),
        chunk.lengthBytes(),
        chunk.footer().orElseThrow().md5().hex());
  }

  private Map<String, FileEntry> page(int firstNumber) throws RunException {
    Map<String, FileEntry> entries = readPages.get(firstNumber);
    if (entries == null) {
      entries = new HashMap<>();
      for (PageEntry page : manifest.files().pages()) {
        if (page.firstNumber() == firstNumber) {
          for (FileEntry entry : read(page)) {
            entries.put(entry.chunkIdentity(), entry);
          }
        }
      }
      readPages.put(firstNumber, entries);
    }
    return entries;
  }

  private List<FileEntry> read(PageEntry page) throws RunException {
    try {
      return repository.page(page);
    } catch (RunException e) {
      if (e.kind() != RunException.Kind.REPOSITORY_DAMAGED || !tolerateDamage) {
        throw e;
      }
      LOG.warn("the page counts as empty and is written again: {}", e.getMessage());
      return List.of();
    }
  }
}
