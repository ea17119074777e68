package io.coldstream.eventstore.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A real data directory, or several states of one, unpacked into a folder that the test may change.
 *
 * @param name case and server version, for instance {@code series-kurrentdb-26.1}
 * @param folder where it was unpacked; each state is a subfolder
 * @param expected what is known of each state, by its name
 */
public record Fixture(String name, Path folder, Map<String, ExpectedState> expected) {

  private static final String EXPECTED = "expected.json";
  private static final String LEDGER = "ledger.jsonl";

  /**
   * Unpacks a case.
   *
   * @param name case and server version, see {@link Fixtures}
   * @param into an existing folder; the case gets a subfolder of its own name
   * @return the unpacked case
   */
  public static Fixture unpack(String name, Path into) {
    Path folder = into.resolve(name);
    try (InputStream zip = open(name)) {
      unzip(zip, folder);
      return new Fixture(
          name,
          folder,
          ExpectedState.all(Files.readString(folder.resolve(EXPECTED), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The database folder of a state.
   *
   * @param state the state's name: db; day1, day2, day3; leader, follower
   * @return the folder
   */
  public Path database(String state) {
    if (!expected.containsKey(state)) {
      throw new IllegalArgumentException(name + " has " + expected.keySet() + ", not " + state);
    }
    return folder.resolve(state);
  }

  /**
   * The one database folder of a case that has one state.
   *
   * @return the folder
   */
  public Path database() {
    return database("db");
  }

  /**
   * What is known of a state.
   *
   * @param state the state's name
   * @return what it must look like
   */
  public ExpectedState expected(String state) {
    return expected.get(state);
  }

  /** {@return a line of JSON for each event, in write order; empty where none was kept} */
  public List<String> ledger() {
    Path file = folder.resolve(LEDGER);
    try {
      return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream zip = Fixture.class.getResourceAsStream("/fixtures/" + name + ".zip");
    if (zip == null) {
      throw new IOException("no such fixture: " + name);
    }
    return zip;
  }

  private static void unzip(InputStream from, Path folder) throws IOException {
    Files.createDirectory(folder);
    try (ZipInputStream zip = new ZipInputStream(from)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
          throw new IOException("an entry outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(zip, path);
        }
      }
    }
  }
}
