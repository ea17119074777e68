package io.coldstream.store.testkit;

import io.coldstream.store.ByteRange;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.SweepResult;
import io.coldstream.store.cloud.SectionBody;
import io.coldstream.store.cloud.SectionSender;
import io.coldstream.store.cloud.SectionTarget;
import io.coldstream.store.spi.OncePass;
import io.coldstream.store.spi.StoreTools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A store in memory that takes objects in parts, keeps those of puts that broke off, and resumes
 * them when the same content comes again. Thread-safe.
 */
public final class PartedStore implements ObjectStore {

  private static final Clock CLOCK = Clock.systemUTC();

  private final MemoryStore memory;
  private final int partBytes;
  private final StoreTools tools;
  private final SectionSender sender;
  private final Map<ObjectName, Unfinished> unfinished;

  private record Unfinished(Map<Integer, byte[]> parts, Instant begun) {}

  /**
   * A store with parts.
   *
   * @param memory where whole objects are
   * @param partBytes how long a part is, 1 or more
   * @param tools sends parts beside each other
   */
  public PartedStore(MemoryStore memory, int partBytes, StoreTools tools) {
    this(memory, partBytes, tools, new ConcurrentHashMap<>());
  }

  private PartedStore(
      MemoryStore memory, int partBytes, StoreTools tools, Map<ObjectName, Unfinished> unfinished) {
    this.memory = memory;
    this.partBytes = partBytes;
    this.tools = tools;
    this.sender = new SectionSender(tools);
    this.unfinished = unfinished;
  }

  /**
   * Another connection to the same objects and unfinished puts: what a later process sees.
   *
   * @return a store that is open, whether or not this one is closed
   */
  public PartedStore reopen() {
    return new PartedStore(memory.reopen(), partBytes, tools, unfinished);
  }

  /**
   * How much of a put that broke off is kept.
   *
   * @param name of the object that it would have become
   * @return how many parts
   */
  public int partsOf(ObjectName name) {
    Unfinished found = unfinished.get(name);
    return found == null ? 0 : found.parts().size();
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    if (memory.stat(request.name()).isPresent()) {
      throw new StoreException(
          Kind.ALREADY_EXISTS, "put " + request.name() + ": the name is taken", null);
    }
    Unfinished upload = taken(request.name());
    boolean over = false;
    try (OncePass pass = new OncePass(request.source(), partBytes)) {
      sender.send(pass, new Parts(upload.parts()), request.listener());
      over = true;
    } catch (IOException e) {
      StoreException failure = ofSource(request, e);
      over = failure.kind() == Kind.SOURCE_UNREADABLE;
      throw failure;
    } finally {
      if (!over) {
        unfinished.put(request.name(), upload);
      }
    }
    Map<Integer, byte[]> parts = upload.parts();
    parts.keySet().removeIf(section -> section >= sections(request));
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    parts.values().forEach(whole::writeBytes);
    return memory.put(request.withSource(Content.of(whole.toByteArray())));
  }

  /** What an earlier put left, which nobody else gets meanwhile. */
  private Unfinished taken(ObjectName name) {
    Unfinished left = unfinished.remove(name);
    return left == null ? new Unfinished(new ConcurrentSkipListMap<>(), CLOCK.instant()) : left;
  }

  /** Another content of this name may have been longer. */
  private int sections(PutRequest request) {
    return (int) OncePass.sections(request.source().lengthBytes(), partBytes);
  }

  private static StoreException ofSource(PutRequest request, IOException e) {
    if (e instanceof StoreException failure) {
      return failure;
    }
    if (e instanceof InterruptedIOException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      return new StoreException(Kind.UNAVAILABLE, "put " + request.name() + ": interrupted", e);
    }
    return new StoreException(
        Kind.SOURCE_UNREADABLE,
        "put " + request.name() + ": its source cannot be used: " + e.getMessage(),
        e);
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    return memory.stat(name);
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    return memory.list(prefix, from);
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    return memory.read(name, range, version);
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    memory.extend(name, until);
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    return memory.lockedUntil(name);
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    memory.delete(names);
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    SweepResult swept = memory.sweep(prefix, olderThan);
    Instant limit = CLOCK.instant().minus(olderThan);
    int before = unfinished.size();
    unfinished
        .entrySet()
        .removeIf(e -> prefix.holds(e.getKey()) && e.getValue().begun().isBefore(limit));
    int removed = before - unfinished.size();
    return new SweepResult(swept.found() + removed, swept.removed() + removed);
  }

  @Override
  public void close() {
    memory.close();
  }

  private record Parts(Map<Integer, byte[]> parts) implements SectionTarget {
    @Override
    public boolean mayHold(int section) {
      return parts.containsKey(section);
    }

    @Override
    public boolean holds(int section, InputStream content) throws IOException {
      return Arrays.equals(parts.get(section), content.readAllBytes());
    }

    @Override
    public void send(SectionBody body) throws StoreException {
      try (InputStream in = body.open()) {
        byte[] bytes = in.readAllBytes();
        if (bytes.length != body.lengthBytes()) {
          throw new StoreException(Kind.CORRUPT, "part " + body.section() + " was cut off", null);
        }
        parts.put(body.section(), bytes);
      } catch (StoreException e) {
        throw e;
      } catch (IOException e) {
        throw carried(body, e);
      }
    }

    private static StoreException carried(SectionBody body, IOException e) {
      boolean interrupted = e instanceof InterruptedIOException;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return new StoreException(
          interrupted ? Kind.UNAVAILABLE : Kind.SOURCE_UNREADABLE,
          "part " + body.section() + ": " + e.getMessage(),
          e);
    }
  }
}
