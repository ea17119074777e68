package io.coldstream.store.local;

import io.coldstream.store.ByteRange;
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
import io.coldstream.store.disk.DiskLimits;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A directory as a store. Any number of processes, on any number of machines that mount it, may use
 * it at once; the file system must have hard links. Objects that a put has confirmed are on the
 * device. Thread-safe.
 *
 * <p>Only plain files are objects: links and devices are not listed, read or removed, and are never
 * followed.
 */
final class LocalStore implements ObjectStore {

  private static final int PAGE_SIZE = 1000;
  private static final int ATTEMPTS_TO_OPEN = 3;

  private final FileOps ops;
  private final Tree tree;
  private final Clock clock;
  private final long partBytes;
  private final int pageSize;
  private volatile boolean closed;

  LocalStore(Path root, Consumer<String> warnings, long partBytes) {
    this(
        root, new DiskFileOps(), new DiskLimits(warnings), Clock.systemUTC(), partBytes, PAGE_SIZE);
  }

  /** {@code partBytes} is the unit in which the progress of an earlier put is reported. */
  LocalStore(Path root, FileOps ops, DiskLimits limits, Clock clock, long partBytes, int pageSize) {
    this.ops = ops;
    this.partBytes = partBytes;
    this.tree = new Tree(ops, limits, root);
    this.clock = clock;
    this.pageSize = pageSize;
  }

  @Override
  public Optional<StoredObject> stat(ObjectName name) throws StoreException {
    return run("stat " + name, () -> tree.find(name).map(Tree.Found::object));
  }

  @Override
  public ListPage list(ObjectPrefix prefix, ListCursor from) throws StoreException {
    return run("list " + prefix, () -> {
      Optional<Path> folder = tree.folder(prefix);
      return folder.isEmpty()
          ? new ListPage(List.of(), Optional.empty())
          : Listing.page(ops, folder.get(), prefix, from, pageSize);
    });
  }

  @Override
  public ObjectContent read(ObjectName name, ByteRange range, Optional<String> version)
      throws StoreException {
    String what = "read " + name;
    return run(what, () -> {
      for (int attempt = 1; attempt <= ATTEMPTS_TO_OPEN; attempt++) {
        Tree.Found found = expected(name, version);
        if (!range.liesIn(found.object().lengthBytes())) {
          throw new StoreException(
              Kind.REJECTED, what + ": " + range + " is not in " + found.object(), null);
        }
        Optional<ObjectContent> content = open(found, range);
        if (content.isPresent()) {
          return content.get();
        }
      }
      throw new StoreException(Kind.UNAVAILABLE, what + ": it keeps being replaced", null);
    });
  }

  @Override
  public StoredObject put(PutRequest request) throws StoreException {
    String what = "put " + request.name();
    return run(what, () -> {
      if (request.lockedUntil().isPresent()) {
        throw LocalFailures.cannotLock(what);
      }
      return new Creation(ops, tree, clock, request, partBytes).run();
    });
  }

  @Override
  public void extend(ObjectName name, Instant until) throws StoreException {
    run("lock " + name, () -> {
      throw LocalFailures.cannotLock("lock " + name);
    });
  }

  /** Nothing here has a lock. */
  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws StoreException {
    return run("read the lock of " + name, () -> {
      if (tree.find(name).isEmpty()) {
        throw new StoreException(
            Kind.NOT_FOUND, "read the lock of " + name + ": no such object", null);
      }
      return Optional.empty();
    });
  }

  @Override
  public void delete(Collection<ObjectName> names) throws StoreException {
    run("delete " + names.size() + " objects", () -> {
      Set<Path> folders = new LinkedHashSet<>();
      for (ObjectName name : names) {
        removeIfThere(name).ifPresent(folders::add);
      }
      for (Path folder : folders) {
        tree.sync(folder);
      }
      return folders;
    });
  }

  @Override
  public SweepResult sweep(ObjectPrefix prefix, Duration olderThan) throws StoreException {
    return run("remove unfinished uploads of " + prefix, () -> {
      Optional<Path> folder = tree.folder(ObjectPrefix.ALL).isPresent()
          ? tree.below(tree.unfinished(), prefix)
          : Optional.empty();
      return folder.isEmpty()
          ? new SweepResult(0, 0)
          : Sweep.of(ops, folder.get(), clock.instant().minus(olderThan));
    });
  }

  @Override
  public void close() {
    closed = true;
  }

  private Tree.Found expected(ObjectName name, Optional<String> version) throws IOException {
    Optional<Tree.Found> there = tree.find(name);
    if (there.isEmpty()) {
      throw new StoreException(Kind.NOT_FOUND, "read " + name + ": no such object", null);
    }
    if (version.isPresent() && !there.get().object().version().equals(version.get())) {
      throw new StoreException(
          Kind.NOT_FOUND, "read " + name + ": that version is no longer there", null);
    }
    return there.get();
  }

  /** Opens a file, unless it has become another one than was found. */
  private Optional<ObjectContent> open(Tree.Found found, ByteRange range) throws IOException {
    StoredObject object = found.object();
    FileOps.Input file;
    try {
      file = ops.read(found.path());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    boolean same = false;
    try {
      same = tree.find(object.name()).equals(Optional.of(found));
    } finally {
      if (!same) {
        file.close();
      }
    }
    return same
        ? Optional.of(new LocalContent(
            object, file, tree.root(), range.fromBytes(), range.endIn(object.lengthBytes())))
        : Optional.empty();
  }

  private Optional<Path> removeIfThere(ObjectName name) throws IOException {
    Optional<Path> path = tree.find(name).map(Tree.Found::path);
    if (path.isPresent()) {
      try {
        ops.remove(path.get());
      } catch (NoSuchFileException e) {
        // Another pruner was faster.
        return Optional.empty();
      }
    }
    return path.map(Path::getParent);
  }

  private interface Action<T> {
    T run() throws IOException;
  }

  private <T> T run(String what, Action<T> action) throws StoreException {
    if (closed) {
      throw new StoreException(Kind.REJECTED, what + ": the store is closed", null);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw LocalFailures.interrupted(what, null);
    }
    try {
      return action.run();
    } catch (IOException e) {
      throw LocalFailures.of(what, tree.root(), e);
    }
  }
}
