package io.coldstream.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A small real database on two days: made by KurrentDB 26.1 with chunks of 256 KiB. Of the second day
 * the jar holds what differs from the first, and the whole index.
 */
public final class Sample {

  /** How much log a chunk of it holds. */
  public static final long CHUNK_SIZE_BYTES = 262_144;

  private static final String RESOURCE = "sample.zip";

  private Sample() {}

  /** The states that it is there in. */
  public enum Day {
    MONDAY,
    TUESDAY
  }

  /**
   * Unpacks the database into a folder.
   *
   * @param day in which state
   * @param into a folder, which is made
   * @throws IOException when the folder cannot be written
   */
  public static void unpack(Day day, Path into) throws IOException {
    unpack("monday/", into);
    if (day == Day.TUESDAY) {
      Folders.delete(into.resolve("index"));
      unpack("tuesday/", into);
    }
  }

  private static void unpack(String folder, Path into) throws IOException {
    try (InputStream raw = Sample.class.getResourceAsStream(RESOURCE);
        ZipInputStream zip = new ZipInputStream(raw)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().startsWith(folder)) {
          Path file = into.resolve(entry.getName().substring(folder.length())).normalize();
          if (!file.startsWith(into)) {
            throw new IOException("the sample names a file outside of its folder");
          }
          Files.createDirectories(file.getParent());
          Files.write(file, zip.readAllBytes());
        }
      }
    }
  }
}
