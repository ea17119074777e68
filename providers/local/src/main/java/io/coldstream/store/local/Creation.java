package io.coldstream.store.local;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.OncePass;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * One put: the bytes go to a file of their own among the unfinished ones and from there to the
 * device; then the file gets its final name by a link, which fails when the name is taken, and the
 * name goes to the device. Whatever stops this on its way leaves no object, or the whole one.
 */
final class Creation {

  private static final int BUFFER_BYTES = 128 << 10;

  private final FileOps ops;
  private final Tree tree;
  private final Clock clock;
  private final ObjectName name;
  private final ObjectSource source;
  private final String what;

  Creation(FileOps ops, Tree tree, Clock clock, PutRequest request) {
    this.ops = ops;
    this.tree = tree;
    this.clock = clock;
    this.name = request.name();
    this.source = request.source();
    this.what = "put " + name;
  }

  StoredObject run() throws StoreException {
    try {
      if (tree.find(name).isPresent()) {
        throw taken(null);
      }
      Path work = tree.workplace(name, UUID.randomUUID().toString().replace("-", ""));
      try {
        write(work);
        return publish(work, tree.place(name));
      } finally {
        discard(work);
      }
    } catch (NoSuchFileException e) {
      tree.forget();
      throw new StoreException(
          Kind.UNAVAILABLE, what + ": a folder was removed meanwhile: " + e.getFile(), e);
    } catch (IOException e) {
      throw LocalFailures.of(what, tree.root(), e);
    }
  }

  private void write(Path work) throws IOException {
    try (FileOps.Output out = ops.create(work);
        OncePass pass = new OncePass(source, Math.max(1, source.lengthBytes()))) {
      try (InputStream in = pass.open(0)) {
        copy(in, out);
      } catch (IOException e) {
        throw pass.failure().isPresent() ? sourceFailure(e) : e;
      }
      out.date(clock.instant());
      out.sync();
    }
  }

  private static void copy(InputStream in, FileOps.Output out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    int count = in.read(buffer);
    while (count >= 0) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException();
      }
      out.write(buffer, 0, count);
      count = in.read(buffer);
    }
  }

  private StoreException sourceFailure(IOException e) {
    if (e instanceof InterruptedIOException) {
      Thread.currentThread().interrupt();
    }
    return Thread.currentThread().isInterrupted()
        ? LocalFailures.interrupted(what, e)
        : new StoreException(
            Kind.SOURCE_UNREADABLE, what + ": its source cannot be used: " + e.getMessage(), e);
  }

  private StoredObject publish(Path work, Path place) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw LocalFailures.interrupted(what, null);
    }
    try {
      ops.link(place, work);
    } catch (FileAlreadyExistsException e) {
      throw taken(e);
    } catch (UnsupportedOperationException e) {
      throw LocalFailures.noLinks(what, tree.root(), e);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw LocalFailures.ofLink(what, tree.root(), e);
    }
    try {
      ops.syncFolder(place.getParent());
      return confirmed(place);
    } catch (IOException e) {
      StoreException failure = LocalFailures.of(what, tree.root(), e);
      // From the link on the object may be there, whatever the reason: only this kind says so.
      throw new StoreException(
          Kind.UNAVAILABLE, failure.getMessage() + " (the object may be there)", failure);
    }
  }

  private StoredObject confirmed(Path place) throws IOException {
    Optional<BasicFileAttributes> there = ops.look(place);
    if (there.isEmpty() || there.get().size() != source.lengthBytes()) {
      throw new IOException("the new file is not there, or has another length");
    }
    return Tree.object(name, there.get());
  }

  private StoreException taken(FileAlreadyExistsException e) throws IOException {
    if (tree.find(name).isEmpty() && ops.look(tree.place(name)).isPresent()) {
      return new StoreException(
          Kind.REJECTED, what + ": " + tree.place(name) + " is in the way: it is not a file", e);
    }
    return new StoreException(Kind.ALREADY_EXISTS, what + ": the name is taken", e);
  }

  private void discard(Path work) {
    try {
      ops.remove(work);
    } catch (IOException e) {
      // It was never made, or stays among the unfinished ones until a sweep; no listing shows it.
      return;
    }
  }
}
