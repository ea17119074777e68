package io.coldstream.core.repository.log;

import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.Replacements;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a plan needs of a backup: an object that is not what it should be from where a later
 * backup has sent it again. Ranges show no altered bytes by themselves; whoever meets some reads once
 * more with what was sent again first.
 */
public final class ResentReader {

  private static final Logger LOG = LoggerFactory.getLogger(ResentReader.class);

  private final ObjectReader reader;
  private final Replacements replacements;
  private final boolean resentFirst;

  /**
   * Reads one backup's objects.
   *
   * @param repository where the backup is
   * @param sequence its number
   * @param resentFirst whether an object that was sent again is not even tried
   */
  public ResentReader(Repository repository, long sequence, boolean resentFirst) {
    this.reader = new ObjectReader(repository.store());
    this.replacements = new Replacements(repository, sequence);
    this.resentFirst = resentFirst;
  }

  /** Opens a range, as {@link ObjectReader#open} does. */
  ObjectContent open(StoredBytes stored, ByteRange range) throws IOException {
    return first(stored, s -> reader.open(s, range));
  }

  /**
   * Reads a small file and checks the digests of its objects.
   *
   * @param file the file
   * @return its bytes
   * @throws IOException when an object is damaged and no later backup has it again
   */
  public byte[] whole(FileEntry file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (StoredBytes stored : file.objects()) {
      bytes.writeBytes(first(stored, this::bytes));
    }
    return bytes.toByteArray();
  }

  private byte[] bytes(StoredBytes stored) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    reader.read(stored, 0, bytes::write);
    return bytes.toByteArray();
  }

  private <T> T first(StoredBytes stored, Reading<T> reading) throws IOException {
    if (resentFirst) {
      Optional<T> read = resent(stored, reading);
      return read.isPresent() ? read.get() : reading.of(stored);
    }
    try {
      return reading.of(stored);
    } catch (ObjectFault fault) {
      T read = resent(stored, reading).orElseThrow(() -> fault);
      LOG.warn("the object that was sent again is read instead: {}", fault.getMessage());
      return read;
    }
  }

  private <T> Optional<T> resent(StoredBytes stored, Reading<T> reading) throws IOException {
    for (StoredBytes other : others(stored)) {
      try {
        return Optional.of(reading.of(other));
      } catch (ObjectFault e) {
        // What was sent again is lost too; the first one's fault is the one to report.
      }
    }
    return Optional.empty();
  }

  private Iterable<StoredBytes> others(StoredBytes stored) throws LaterBackups {
    try {
      return replacements.of(stored);
    } catch (RunException e) {
      throw new LaterBackups(e);
    }
  }

  /** Reads one object in some way. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(StoredBytes stored) throws IOException;
  }

  /** Carries what later backups failed with through those who read files. */
  public static final class LaterBackups extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient RunException failure;

    private LaterBackups(RunException failure) {
      super(failure.getMessage(), failure);
      this.failure = failure;
    }

    /** {@return why the later backups could not be read} */
    public RunException failure() {
      return failure;
    }
  }
}
