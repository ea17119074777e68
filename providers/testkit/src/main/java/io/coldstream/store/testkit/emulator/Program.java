package io.coldstream.store.testkit.emulator;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program that tests use where it is installed. {@code .ci/emulators} installs all of them: each into
 * a folder {@code NAME-VERSION} that is complete when a file {@code complete} is in it, all of them in
 * the folder that the environment variable {@code COLDSTREAM_EMULATORS} names, or else in {@code
 * coldstream-ci} in the user's cache. Where one is not installed and an engine for containers runs, its
 * {@link Image} takes its place.
 */
public enum Program {
  /** Amazon's own command. */
  AWS("aws", "bin/aws"),
  /** Azurite, for Azure Blob Storage; runs on Node. */
  AZURITE(
      "azurite",
      "node_modules/azurite/dist/src/blob/main.js",
      new Image("mcr.microsoft.com/azure-storage/azurite:3.35.0", 10000)),
  /** LocalStack, for S3. */
  LOCALSTACK("localstack", "bin/python", new Image("localstack/localstack:4.13.1", 4566)),
  /** MinIO, for S3. */
  MINIO("minio", "bin/minio"),
  /** The Versity gateway, for S3 with its permissions. */
  VERSITYGW("versitygw", "bin/versitygw"),
  /** fake-gcs-server, for Google Cloud Storage. */
  FAKE_GCS_SERVER(
      "fake-gcs-server", "bin/fake-gcs-server", new Image("fsouza/fake-gcs-server:1.56.1", 4443)),
  /** restic, with whose rules those of a retention are compared; a package, found in {@code PATH}. */
  RESTIC("restic", "bin/restic");

  private final String title;
  private final String file;
  private final Optional<Image> image;

  Program(String title, String file) {
    this(title, file, null);
  }

  Program(String title, String file, Image image) {
    this.title = title;
    this.file = file;
    this.image = Optional.ofNullable(image);
  }

  /**
   * A program in a version.
   *
   * @param version as its folder says; empty when it was found in {@code PATH}
   * @param file what is run
   */
  public record Installed(String version, Path file) {}

  /** Its name to people and to {@code COLDSTREAM_REQUIRE}. */
  public String title() {
    return title;
  }

  /**
   * The program of a name.
   *
   * @param title as {@link #title}
   * @return it
   * @throws IllegalArgumentException if there is none
   */
  public static Program named(String title) {
    return Stream.of(values())
        .filter(p -> p.title.equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no emulator is called " + title
            + ", only "
            + Stream.of(values()).map(Program::title).toList()));
  }

  /** The same in a container, of those that tests can use so. */
  Optional<Image> image() {
    return image;
  }

  /**
   * Looks for it, first among what {@code .ci/emulators} installed; and, if it is a single file, in
   * {@code PATH}.
   *
   * @return of several versions the one that was asked for last; or empty
   */
  public Optional<Installed> find() {
    return find(folder(), System.getenv().getOrDefault("PATH", ""));
  }

  Optional<Installed> find(Path folder, String path) {
    return inFolder(folder).or(() -> onPath(path));
  }

  private static Path folder() {
    String named = System.getenv("COLDSTREAM_EMULATORS");
    if (named != null) {
      return Path.of(named);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"));
    return (cache == null || cache.isEmpty() ? home.resolve(".cache") : Path.of(cache))
        .resolve("coldstream-ci");
  }

  private Optional<Installed> inFolder(Path folder) {
    // A version begins with a digit.
    Pattern versioned = Pattern.compile(Pattern.quote(title) + "-(\\d.*)");
    String[] names = folder.toFile().list();
    return Arrays.stream(names == null ? new String[0] : names)
        .filter(name -> versioned.matcher(name).matches())
        .map(folder::resolve)
        .filter(home -> Files.exists(home.resolve("complete")))
        .max(Comparator.comparing(home -> mark(home)))
        .map(home -> new Installed(
            home.getFileName().toString().substring(title.length() + 1), home.resolve(file)));
  }

  private static FileTime mark(Path home) {
    try {
      return Files.getLastModifiedTime(home.resolve("complete"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Installed> onPath(String path) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(path)
        .map(folder -> Path.of(folder, title))
        .filter(candidate -> file.equals("bin/" + title) && Files.isExecutable(candidate))
        .findFirst()
        .map(found -> new Installed("", found));
  }
}
