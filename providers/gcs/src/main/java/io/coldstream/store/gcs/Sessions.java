package io.coldstream.store.gcs;

import io.coldstream.store.ObjectName;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.Upload;
import io.coldstream.store.cloud.UploadId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The upload sessions that were not ended: in a folder, where this and later processes find them, by
 * store, bucket, key, and what an object is made with (encryption and class are chosen when an upload
 * begins); without one, in this process. Thread-safe; what is open is nobody else's.
 */
final class Sessions {

  /** The suffix of a file while it is written. */
  static final String UNFINISHED = ".tmp";

  private static final String KEPT = ".session";
  private static final String REMEMBERED = "remembered";

  private final String endpoint;
  private final Keys keys;
  private final String kind;
  private final Optional<Path> folder;
  private final Clock clock;
  private final Map<ObjectName, MemorySession> remembered = new ConcurrentHashMap<>();

  /**
   * Sessions.
   *
   * @param folder need not exist
   * @param clock tells when a session is begun
   */
  Sessions(GcsSettings settings, Optional<Path> folder, Clock clock) {
    this.endpoint = settings.endpoint();
    this.keys = settings.keys();
    this.kind =
        settings.kmsKey().orElse("") + "\n" + settings.common().storageClass().orElse("");
    this.folder = folder.map(path -> path.toAbsolutePath().normalize());
    this.clock = clock;
  }

  /** Opens the session of an object. */
  Optional<UploadSession> take(ObjectName name) {
    Optional<UploadSession> kept = folder.flatMap(path -> KeptSession.open(file(path, name)));
    return kept.or(() -> Optional.ofNullable(remembered.remove(name)));
  }

  /** A new session, open; kept in the folder unless there is one for that object. */
  UploadSession begin(ObjectName name, long lengthBytes, String address) {
    SessionHeader header = new SessionHeader(
        endpoint, keys.bucket(), keys.key(name), lengthBytes, clock.instant(), address);
    Optional<UploadSession> kept =
        folder.flatMap(path -> KeptSession.create(file(path, name), header));
    return kept.orElseGet(() -> new MemorySession(
        address, lengthBytes, header.begun(), session -> remembered.put(name, session)));
  }

  /** The sessions of this bucket and prefix that nobody has open; removes incomplete files. */
  List<Upload> kept() {
    List<Upload> kept = new ArrayList<>();
    remembered.forEach((name, session) -> kept.add(new Upload(
        new UploadId(keys.key(name), id(REMEMBERED, session)), Optional.of(session.begun()))));
    removeUnfinished();
    for (Path path : files(KEPT)) {
      KeptSession.open(path).ifPresent(session -> {
        try (session) {
          SessionHeader header = session.header();
          if (isHere(header)) {
            kept.add(new Upload(
                new UploadId(header.key(), id(path.getFileName().toString(), session)),
                Optional.of(session.begun())));
          }
        }
      });
    }
    return kept;
  }

  /** Opens one of the {@link #kept} sessions; empty when it is over, or somebody has it open. */
  Optional<UploadSession> open(UploadId upload) {
    String place = upload.id().substring(0, upload.id().indexOf(' '));
    Optional<UploadSession> open = place.equals(REMEMBERED)
        ? keys.name(upload.key()).map(remembered::remove)
        : folder.flatMap(path -> KeptSession.open(path.resolve(place)));
    if (open.isPresent() && !id(place, open.get()).equals(upload.id())) {
      // A newer session of the same object.
      open.get().close();
      return Optional.empty();
    }
    return open;
  }

  private boolean isHere(SessionHeader header) {
    return keys.name(header.key()).isPresent()
        && header.endpoint().equals(endpoint)
        && header.bucket().equals(keys.bucket());
  }

  private static String id(String place, UploadSession session) {
    return place + " " + session.begun();
  }

  /** A process died while it made a file: nobody makes one for a day. */
  private void removeUnfinished() {
    Instant old = clock.instant().minus(Duration.ofDays(1));
    for (Path path : files(UNFINISHED)) {
      try {
        if (Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        // It stays; only its owner can read it.
        continue;
      }
    }
  }

  private List<Path> files(String ending) {
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder.get())) {
      return all.filter(path -> path.getFileName().toString().endsWith(ending))
          .sorted()
          .toList();
    } catch (IOException e) {
      // What cannot be read cannot be cancelled; the store lets it expire.
      return List.of();
    }
  }

  private Path file(Path path, ObjectName name) {
    String place = endpoint + "\n" + keys.bucket() + "\n" + keys.key(name) + "\n" + kind;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
      return path.resolve(HexFormat.of().formatHex(hash, 0, 16) + KEPT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
