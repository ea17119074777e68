package io.coldstream.core.repository.manifest;

import io.coldstream.core.support.json.FormatException;
import io.coldstream.core.support.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The form of a page: one file entry in each line. */
public final class PageJson {

  private PageJson() {}

  /**
   * Writes a page.
   *
   * @param files its completed chunks, in the order of their numbers
   * @return its bytes, the same for the same entries
   */
  public static byte[] write(List<FileEntry> files) {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    files.forEach(file -> page.writeBytes(Json.line(file)));
    return page.toByteArray();
  }

  /**
   * Reads a page and compares it with what the manifest says of it.
   *
   * @param bytes the page
   * @param entry the manifest's entry
   * @return its files, in order, every one a completed chunk that belongs here
   * @throws FormatException when it is altered, or holds what the manifest does not say
   */
  public static List<FileEntry> read(byte[] bytes, PageEntry entry) throws FormatException {
    String name = entry.object().value();
    if (bytes.length != entry.lengthBytes() || !name.endsWith("-" + Sha256.of(bytes) + ".jsonl")) {
      throw new FormatException(
          name + ": its content does not match its name and its entry in the manifest");
    }
    List<FileEntry> files = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        byte[] line = Arrays.copyOfRange(bytes, from, i);
        files.add(Json.read(line, name + " line " + (files.size() + 1), FileEntry.class));
        from = i + 1;
      }
    }
    check(files, entry, from == bytes.length);
    return files;
  }

  private static void check(List<FileEntry> files, PageEntry entry, boolean whole)
      throws FormatException {
    List<String> identities = new ArrayList<>();
    long bytes = 0;
    for (FileEntry file : files) {
      if (file.chunk().isEmpty() || file.chunk().get().footerMd5().isEmpty()) {
        throw new FormatException(
            entry.object() + ": " + file.name() + " is not a completed chunk");
      }
      int first = file.chunk().get().firstNumber();
      if (first / PageEntry.NUMBERS_PER_PAGE * PageEntry.NUMBERS_PER_PAGE != entry.firstNumber()) {
        throw new FormatException(entry.object() + ": " + file.name() + " belongs to another page");
      }
      identities.add(file.chunkIdentity());
      bytes = Math.addExact(bytes, file.lengthBytes());
    }
    if (!whole
        || files.size() != entry.files()
        || bytes != entry.fileBytes()
        || !ChunkIdentity.digest(identities).equals(entry.identities())) {
      throw new FormatException(
          entry.object() + ": its files do not match its entry in the manifest");
    }
  }
}
