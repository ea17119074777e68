package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import java.util.ArrayList;
import java.util.List;

/** What a backup needs on the store, beside its manifest. */
public final class BackupNeeds {

  private static final String PAGE_END = ".jsonl";
  private static final int DIGEST_CHARACTERS = 64;

  private BackupNeeds() {}

  /**
   * The objects that the manifest itself names, and those that {@code RESTORE.txt} uses beside them:
   * checkpoints, index, active chunk. Pages, and what they name, are not among them.
   *
   * @param manifest the backup
   * @return the objects
   */
  public static List<StoredBytes> of(Manifest manifest) {
    List<FileEntry> files = new ArrayList<>(manifest.files().checkpoints());
    manifest.files().index().map(IndexEntry::all).ifPresent(files::addAll);
    manifest.files().activeChunk().ifPresent(files::add);
    List<StoredBytes> objects = new ArrayList<>(of(files));
    objects.addAll(CheckpointObjects.direct(manifest));
    return objects;
  }

  /**
   * The objects of files, for example of those in a page.
   *
   * @param files the files
   * @return their objects
   */
  public static List<StoredBytes> of(List<FileEntry> files) {
    return files.stream().flatMap(file -> file.objects().stream()).toList();
  }

  /**
   * A page as an object. Its name ends in its digest, as is checked when it is read.
   *
   * @param page the manifest's entry
   * @return the object
   */
  public static StoredBytes of(PageEntry page) {
    String name = page.object().value();
    int end = name.length() - PAGE_END.length();
    return new StoredBytes(
        page.object(),
        page.lengthBytes(),
        new Sha256(name.substring(end - DIGEST_CHARACTERS, end)));
  }
}
