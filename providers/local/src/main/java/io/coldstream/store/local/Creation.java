package io.coldstream.store.local;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.PutListener;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.OncePass;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.Optional;

/**
 * One put: the bytes go to a {@link WorkFile} among the unfinished ones and from there to the device;
 * then the file gets its final name by a link, which fails when the name exists, and the name goes
 * to the device. Whatever stops this on its way leaves no object, or the whole one.
 *
 * <p>The work file of a put that was cut off, by an interrupt or the end of its process, stays, and
 * the next put of that name resumes it. After any failure it is removed: what the file system
 * refused once is not built upon.
 */
final class Creation {

  private final FileOps ops;
  private final Tree tree;
  private final Clock clock;
  private final ObjectName name;
  private final ObjectSource source;
  private final PutListener listener;
  private final long partBytes;
  private final String what;

  Creation(FileOps ops, Tree tree, Clock clock, PutRequest request, long partBytes) {
    this.ops = ops;
    this.tree = tree;
    this.clock = clock;
    this.name = request.name();
    this.source = request.source();
    this.listener = request.listener();
    this.partBytes = partBytes;
    this.what = "put " + name;
  }

  StoredObject run() throws StoreException {
    try {
      refuseTakenName();
      try (WorkFile work = WorkFile.begin(ops, tree, name)) {
        return create(work);
      }
    } catch (NoSuchFileException e) {
      tree.forget();
      throw new StoreException(
          Kind.UNAVAILABLE, what + ": a folder was removed meanwhile: " + e.getFile(), e);
    } catch (IOException e) {
      throw LocalFailures.of(what, tree.root(), e);
    }
  }

  private void refuseTakenName() throws IOException {
    if (tree.find(name).isPresent()) {
      throw taken(null);
    }
  }

  private StoredObject create(WorkFile work) throws IOException {
    boolean cutOff = true;
    try {
      if (work.isLeft()) {
        // Between our look and our lock its owner may have made it the object, and died.
        refuseTakenName();
      }
      write(work);
      work.finish(clock.instant());
      cutOff = false;
      return publish(work.path(), tree.place(name));
    } catch (IOException e) {
      // The next put goes on where this one stopped, unless the source is wrong or the disk failed.
      cutOff &= Thread.currentThread().isInterrupted() || StoreException.isUnavailable(e);
      throw e;
    } finally {
      if (!cutOff) {
        discard(work.path());
      }
    }
  }

  private void write(WorkFile work) throws IOException {
    try (OncePass pass = new OncePass(source, partBytes)) {
      for (int section = 0; section < pass.sections(); section++) {
        try (InputStream in = pass.open(section)) {
          copy(in, work);
        } catch (IOException e) {
          throw pass.failure().isPresent() ? sourceFailure(e) : e;
        }
      }
      tell(work.keptBytes(), pass.sections());
    }
    if (Thread.currentThread().isInterrupted()) {
      throw LocalFailures.interrupted(what, null);
    }
  }

  private void tell(long keptBytes, int parts) {
    boolean all = keptBytes >= source.lengthBytes();
    int there = all ? parts : (int) (keptBytes / partBytes);
    if (keptBytes > 0 && there > 0) {
      listener.resumed(there, parts);
    }
  }

  /** In whole blocks, which can go past the page cache, but for the last of a part. */
  private static void copy(InputStream in, WorkFile work) throws IOException {
    byte[] block = new byte[EvenWriter.BLOCK_BYTES];
    int count = in.readNBytes(block, 0, block.length);
    while (count > 0) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException();
      }
      work.add(block, count);
      count = in.readNBytes(block, 0, block.length);
    }
  }

  private StoreException sourceFailure(IOException e) {
    if (e instanceof InterruptedIOException) {
      Thread.currentThread().interrupt();
    }
    return Thread.currentThread().isInterrupted()
        ? LocalFailures.interrupted(what, e)
        : new StoreException(
            StoreException.isUnavailable(e) ? Kind.UNAVAILABLE : Kind.SOURCE_UNREADABLE,
            what + ": its source cannot be used: " + e.getMessage(),
            e);
  }

  private StoredObject publish(Path work, Path place) throws IOException {
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
      tree.sync(place.getParent());
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
