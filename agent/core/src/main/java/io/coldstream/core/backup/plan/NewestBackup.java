package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.BloomFile;
import io.coldstream.core.backup.capture.KnownFiles;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.ChunkIdentity;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.chunk.ChunkFacts;
import io.coldstream.eventstore.index.TableFacts;
import io.coldstream.eventstore.log.Lineage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the newest backup holds. A page of it is read only when the chunks that are asked for are not
 * those that its digest stands for. Used by one thread at a time.
 */
public final class NewestBackup implements KnownFiles {

  private final Repository repository;
  private final Manifest manifest;
  private final boolean mend;
  private final Map<Integer, Map<String, FileEntry>> readPages = new HashMap<>();

  /**
   * A backup, read as far as needed.
   *
   * @param repository where it is
   * @param manifest its manifest
   * @param mend whether a page that is missing or altered is taken for an empty one, so that all it
   *     spoke of is looked up and digested, and the page written again
   */
  public NewestBackup(Repository repository, Manifest manifest, boolean mend) {
    this.repository = repository;
    this.manifest = manifest;
    this.mend = mend;
  }

  /** {@return its manifest} */
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public List<ChunkFacts> unknown(List<ChunkFacts> completed) throws RunException {
    List<ChunkFacts> unknown = new ArrayList<>();
    for (Map.Entry<Integer, List<ChunkFacts>> group : byPage(completed).entrySet()) {
      if (unchanged(group.getKey(), group.getValue()).isEmpty()) {
        for (ChunkFacts chunk : group.getValue()) {
          if (find(chunk).isEmpty()) {
            unknown.add(chunk);
          }
        }
      }
    }
    return unknown;
  }

  @Override
  public boolean knows(TableFacts table) {
    return find(table).isPresent();
  }

  @Override
  public boolean knows(BloomFile filter) {
    return find(filter).isPresent();
  }

  @Override
  public Optional<Lineage> lineage() {
    return Optional.of(manifest.lineage());
  }

  /**
   * The page that holds exactly some chunks.
   *
   * @param firstNumber first number of its thousand
   * @param chunks the chunks, in the order of their numbers
   * @return the page, unread; empty when there is none, or it holds others
   */
  Optional<PageEntry> unchanged(int firstNumber, List<ChunkFacts> chunks) {
    Sha256 digest =
        ChunkIdentity.digest(chunks.stream().map(NewestBackup::identity).toList());
    return manifest.pages().stream()
        .filter(page -> page.firstNumber() == firstNumber && page.identities().equals(digest))
        .findFirst();
  }

  /**
   * Looks a completed chunk up, and reads its page for that.
   *
   * @param chunk the chunk
   * @return the entry with the same identity
   * @throws RunException when the page cannot be read
   */
  Optional<FileEntry> find(ChunkFacts chunk) throws RunException {
    return Optional.ofNullable(page(pageOf(chunk)).get(identity(chunk)));
  }

  /** A table: its name is never used twice, its length and MD5 must be the same. */
  Optional<FileEntry> find(TableFacts table) {
    String object = Layout.table(table.name().guid(), table.md5().hex()).value();
    return indexFile(table.name().guid(), table.lengthBytes())
        .filter(entry -> entry.objects().get(0).object().value().startsWith(object));
  }

  /** A bloom filter: taken as unchanged while its table and its length are. */
  Optional<FileEntry> find(BloomFile filter) {
    return indexFile(filter.name(), filter.lengthBytes());
  }

  /** An index map with the same content. */
  Optional<FileEntry> findIndexMap(Sha256 content) {
    return manifest.index().map(IndexEntry::map).filter(map -> map.sha256().equals(content));
  }

  /**
   * Completed chunks by the first number of their page.
   *
   * @param chunks in the order of their numbers
   * @return the groups, in that order
   */
  static Map<Integer, List<ChunkFacts>> byPage(List<ChunkFacts> chunks) {
    Map<Integer, List<ChunkFacts>> pages = new TreeMap<>();
    for (ChunkFacts chunk : chunks) {
      pages.computeIfAbsent(pageOf(chunk), first -> new ArrayList<>()).add(chunk);
    }
    return pages;
  }

  private static int pageOf(ChunkFacts chunk) {
    int number = chunk.header().firstNumber();
    return number - number % PageEntry.NUMBERS_PER_PAGE;
  }

  private static String identity(ChunkFacts chunk) {
    return ChunkIdentity.line(
        chunk.name().toString(),
        chunk.header().firstNumber(),
        chunk.header().lastNumber(),
        chunk.header().id().toString(),
        chunk.lengthBytes(),
        chunk.footer().orElseThrow().md5().hex());
  }

  private Optional<FileEntry> indexFile(String name, long lengthBytes) {
    return manifest.index().map(IndexEntry::files).orElse(List.of()).stream()
        .filter(entry -> entry.name().equals(name) && entry.lengthBytes() == lengthBytes)
        .findFirst();
  }

  private Map<String, FileEntry> page(int firstNumber) throws RunException {
    Map<String, FileEntry> entries = readPages.get(firstNumber);
    if (entries == null) {
      entries = new HashMap<>();
      for (PageEntry page : manifest.pages()) {
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
      if (e.kind() != RunException.Kind.REPOSITORY_DAMAGED || !mend) {
        throw e;
      }
      return List.of();
    }
  }
}
