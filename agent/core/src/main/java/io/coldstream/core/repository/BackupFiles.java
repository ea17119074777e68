package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.support.failure.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A backup with all its file entries read and validated ({@link BackupProof}).
 *
 * @param manifest the backup
 * @param completed the completed chunks of the cover, in the order of their numbers, without gaps
 */
public record BackupFiles(Manifest manifest, List<FileEntry> completed) {

  public BackupFiles {
    completed = List.copyOf(completed);
  }

  /**
   * Reads the pages of a backup and validates all its entries.
   *
   * @param repository where it is
   * @param sequence its number
   * @return its files
   * @throws RunException {@link RunException.Kind#REPOSITORY_DAMAGED} when they do not fit together;
   *     else as {@link Repository#manifest}
   */
  public static BackupFiles read(Repository repository, long sequence) throws RunException {
    return read(repository, repository.manifest(sequence));
  }

  /**
   * Reads the pages of a backup.
   *
   * @param repository where they are
   * @param manifest the backup
   * @return its files
   * @throws RunException {@link RunException.Kind#REPOSITORY_DAMAGED} when they do not fit together;
   *     else as {@link Repository#page}
   */
  public static BackupFiles read(Repository repository, Manifest manifest) throws RunException {
    return read(repository::page, manifest);
  }

  /** The source of pages, which may have read them already. */
  @FunctionalInterface
  public interface Pages {
    /**
     * Reads a page.
     *
     * @param page the manifest's entry
     * @return its files
     * @throws RunException as {@link Repository#page}
     */
    List<FileEntry> read(PageEntry page) throws RunException;
  }

  /**
   * Reads a backup whose pages come from elsewhere.
   *
   * @param pages the source of the pages
   * @param manifest the backup
   * @return its files
   * @throws RunException {@link RunException.Kind#REPOSITORY_DAMAGED} when they do not fit
   *     together; else as {@link Repository#page}
   */
  public static BackupFiles read(Pages pages, Manifest manifest) throws RunException {
    List<FileEntry> completed = new ArrayList<>();
    for (PageEntry page : manifest.files().pages()) {
      completed.addAll(pages.read(page));
    }
    BackupFiles files = new BackupFiles(manifest, completed);
    BackupProof.check(files);
    return files;
  }

  /**
   * Returns the chunks in the order of the log.
   *
   * @return the completed ones, then the active one, if there is one
   */
  public List<FileEntry> chunks() {
    List<FileEntry> all = new ArrayList<>(completed);
    manifest.files().activeChunk().ifPresent(all::add);
    return all;
  }

  /**
   * The files of the index.
   *
   * @return its tables and filters, then its map; nothing when it was left out
   */
  public List<FileEntry> index() {
    return manifest.files().index().map(IndexEntry::all).orElse(List.of());
  }

  /**
   * Every file that the manifest names: checkpoints, index, chunks.
   *
   * @return the files
   */
  public List<FileEntry> all() {
    List<FileEntry> all = new ArrayList<>(manifest.files().checkpoints());
    all.addAll(index());
    all.addAll(chunks());
    return all;
  }

  /**
   * The index's map.
   *
   * @return its entry; empty when the index was left out
   */
  public Optional<FileEntry> indexMap() {
    return manifest.files().index().map(IndexEntry::map);
  }
}
