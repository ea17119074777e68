package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.TrailingMd5;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.TableName;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Checks a file of a backup while its bytes are read: length and SHA-256 from the manifest, and
 * the digest that the server wrote into the file. Not thread-safe.
 */
public final class FileCheck {

  private final FileEntry file;
  private final Optional<MessageDigest> sha256;
  private final Optional<TrailingMd5> trailing;
  private final Optional<ByteArrayOutputStream> map;
  private long lengthBytes;

  /**
   * Creates a check, before the first byte.
   *
   * @param file what the manifest says
   */
  public FileCheck(FileEntry file) {
    this(file, Optional.of(Sha256.newDigest()));
  }

  private FileCheck(FileEntry file, Optional<MessageDigest> sha256) {
    this.file = file;
    this.sha256 = sha256;
    this.trailing = hasTrailingMd5(file) ? Optional.of(new TrailingMd5()) : Optional.empty();
    this.map = file.name().equals(IndexMap.FILE_NAME)
        ? Optional.of(new ByteArrayOutputStream())
        : Optional.empty();
  }

  /**
   * Creates a check of a file whose objects {@link ObjectReader#read} reads from their starts. That
   * compares each object's SHA-256; when the file is a single object, it is not computed a second
   * time.
   *
   * @param file what the manifest says
   * @param objects where its bytes are read from
   * @return the check
   */
  public static FileCheck ofReadObjects(FileEntry file, List<StoredBytes> objects) {
    boolean told = objects.size() == 1 && objects.get(0).sha256().equals(file.sha256());
    return told ? new FileCheck(file, Optional.empty()) : new FileCheck(file);
  }

  private static boolean hasTrailingMd5(FileEntry file) {
    if (file.chunk().isPresent()) {
      return file.chunk().get().footerMd5().isPresent();
    }
    return TableName.parse(file.name()).isPresent();
  }

  /**
   * Adds the next bytes of the file.
   *
   * @param bytes holds them
   * @param offset where they start
   * @param length how many
   */
  public void accept(byte[] bytes, int offset, int length) {
    lengthBytes += length;
    sha256.ifPresent(digest -> digest.update(bytes, offset, length));
    trailing.ifPresent(digest -> digest.update(bytes, offset, length));
    map.ifPresent(content -> content.write(bytes, offset, length));
  }

  /**
   * How much has been read.
   *
   * @return bytes so far
   */
  public long lengthBytes() {
    return lengthBytes;
  }

  /**
   * Whether the bytes so far are a complete other file, which this one continues. Can be called any
   * number of times, on a check that computes the SHA-256 of the file.
   *
   * @param beginning what a manifest says of the other file
   * @return whether length and SHA-256 agree
   */
  public boolean isSoFar(FileEntry beginning) {
    return lengthBytes == beginning.lengthBytes()
        && Sha256.soFar(sha256.orElseThrow()).equals(beginning.sha256());
  }

  /**
   * Finds what is wrong. To be called once, after the last byte.
   *
   * @return what is wrong with the file, as the end of a sentence; empty when nothing is
   */
  public Optional<String> fault() {
    if (lengthBytes != file.lengthBytes()) {
      return Optional.of(
          "is " + lengthBytes + " bytes long, but the manifest says " + file.lengthBytes());
    }
    if (sha256.isPresent() && !Sha256.of(sha256.get()).equals(file.sha256())) {
      return Optional.of("is damaged: its SHA-256 differs from the manifest");
    }
    if (trailing.isPresent()) {
      String stated =
          file.chunk().flatMap(ChunkEntry::footerMd5).orElse(trailing.get().stated());
      if (!trailing.get().computed().equals(stated) || !trailing.get().stated().equals(stated)) {
        return Optional.of("does not match its own MD5: it was damaged before it was backed up");
      }
    }
    return map.flatMap(FileCheck::mapFault);
  }

  private static Optional<String> mapFault(ByteArrayOutputStream content) {
    try {
      IndexMap.parse(content.toByteArray());
      return Optional.empty();
    } catch (DatabaseException e) {
      return Optional.of("is not an index map: " + e.found());
    }
  }
}
