package io.coldstream.store.s3;

import io.coldstream.store.ObjectName;
import io.coldstream.store.OncePass;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoreTools;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.SectionSender;
import io.coldstream.store.cloud.SourceFailures;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * Creates an object in parts, several at once as far as there is memory for them, and makes it visible
 * by one completing call after the source's pass has approved of it.
 *
 * <p>An upload that breaks off is gone on with by the next put of that name and content: by the same
 * process, which remembers it, or by any other, which finds it on the store ({@link UploadSearch}).
 * What the store has is compared while the source streams by, and only what is missing is sent. An
 * upload with a part that differs is another content's: a new one is begun, and nothing of it used.
 *
 * <p>An upload is aborted when its source is wrong or has changed; when the name is taken, so that it
 * can never be completed, only if this process began it. Any other is left to whoever fills it, and to
 * the sweep.
 */
final class MultipartPut {

  private final S3Client client;
  private final S3Settings settings;
  private final Keys keys;
  private final ObjectKind kind;
  private final S3Listing listing;
  private final S3Removal removal;
  private final SectionSender sender;
  private final Completion completion;
  private final UnfinishedUploads unfinished = new UnfinishedUploads();
  private final UploadSearch search;

  MultipartPut(
      S3Client client,
      S3Settings settings,
      StoreTools tools,
      S3Listing listing,
      S3Removal removal) {
    this.client = client;
    this.settings = settings;
    this.keys = settings.keys();
    this.kind = new ObjectKind(settings);
    this.listing = listing;
    this.removal = removal;
    this.sender = new SectionSender(tools);
    this.completion = new Completion(client, settings, listing);
    this.search = new UploadSearch(client, settings, kind, unfinished);
  }

  StoredObject put(PutRequest request, long partBytes, OncePass pass) throws StoreException {
    UnfinishedUpload upload = begun(request, partBytes, pass);
    while (true) {
      Optional<StoredObject> stored = filled(request, upload, pass);
      if (stored.isPresent()) {
        return stored.get();
      }
      setAside(request.name(), upload);
      // Nothing in a new one can prove to be another content's: this ends the loop.
      upload = create(request, partBytes);
    }
  }

  private UnfinishedUpload begun(PutRequest request, long partBytes, OncePass pass)
      throws StoreException {
    ObjectName name = request.name();
    Optional<UnfinishedUpload> kept = unfinished.take(name);
    if (kept.isPresent()) {
      if (goesOn(request, kept.get(), partBytes, pass)) {
        return kept.get();
      }
      setAside(name, kept.get());
    }
    if (listing.look(Operation.PUT, name).isPresent()) {
      // Only the completing call would find it out, after everything was sent.
      throw S3Failures.failed(
          Operation.PUT, keys.shown(name), Kind.ALREADY_EXISTS, "the name is taken");
    }
    Optional<UnfinishedUpload> found = search.find(request, partBytes, pass);
    return found.isPresent() ? found.get() : create(request, partBytes);
  }

  private boolean goesOn(PutRequest request, UnfinishedUpload kept, long partBytes, OncePass pass)
      throws StoreException {
    if (!kept.fits(request.source().lengthBytes(), partBytes)) {
      return false;
    }
    try {
      return !kept.doubtful() || search.refresh(request.name(), kept, pass);
    } catch (StoreException e) {
      unfinished.keep(request.name(), kept);
      throw e;
    }
  }

  private UnfinishedUpload create(PutRequest request, long partBytes) throws StoreException {
    CreateMultipartUploadRequest.Builder creation =
        CreateMultipartUploadRequest.builder().bucket(keys.bucket()).key(keys.key(request.name()));
    kind.applyTo(creation, request.placement());
    if (settings.sendsChecksums()) {
      creation.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
    }
    String shown = keys.shown(request.name());
    String id = S3Failures.call(
            Operation.PUT, shown, () -> client.createMultipartUpload(creation.build()))
        .uploadId();
    if (id == null || id.isEmpty()) {
      throw S3Failures.failed(
          Operation.PUT, shown, Kind.UNAVAILABLE, "the store's answer names no upload");
    }
    return UnfinishedUpload.created(id, request.source().lengthBytes(), partBytes);
  }

  /**
   * Sends what is missing, and completes.
   *
   * @return the object; empty when the upload cannot become one, and a new one can
   */
  private Optional<StoredObject> filled(PutRequest request, UnfinishedUpload upload, OncePass pass)
      throws StoreException {
    ObjectName name = request.name();
    String shown = keys.shown(name);
    try {
      sender.send(pass, new PartTarget(client, settings, name, upload), request.listener());
      return Optional.of(completion.complete(name, upload, pass.sections()));
    } catch (S3Failures.UploadGone e) {
      StoreException failure = e.failure(shown);
      leave(name, upload, e.reason(), failure);
      throw failure;
    } catch (IOException e) {
      StoreException failure = SourceFailures.of(
          shown,
          pass,
          e instanceof StoreException known
              ? known
              : S3Failures.translated(Operation.PUT, shown, e));
      if (pass.failure().isEmpty() && (upload.foreign() || refusedAsFound(upload, failure))) {
        return Optional.empty();
      }
      leave(name, upload, failure);
      throw failure;
    }
  }

  /** It was begun otherwise than this process would have: the listing does not tell everything. */
  private static boolean refusedAsFound(UnfinishedUpload upload, StoreException failure) {
    return !upload.createdHere() && failure.kind() == Kind.REJECTED;
  }

  /** What becomes of an upload that is not this content's, or no longer. */
  private void setAside(ObjectName name, UnfinishedUpload upload) throws StoreException {
    if (upload.createdHere()) {
      removal.abort(Operation.PUT, name, upload.id());
    }
  }

  /** What becomes of an upload that the completing call was refused for. */
  private void leave(
      ObjectName name,
      UnfinishedUpload upload,
      S3Failures.UploadGone.Reason reason,
      StoreException failure) {
    switch (reason) {
      case NO_SUCH_UPLOAD -> upload.lose();
      case OTHER_PART -> {
        if (upload.doubtedBefore()) {
          // Its parts are as they should be: something else is wrong with it.
          abandon(name, upload, failure);
        } else {
          upload.doubt();
          unfinished.keep(name, upload);
        }
      }
      case CONFLICT ->
        abandon(name, upload, failure); // S3 wants it begun anew, from its first part
    }
  }

  private void abandon(ObjectName name, UnfinishedUpload upload, StoreException failure) {
    if (upload.createdHere()) {
      abort(name, upload, failure);
    } else {
      unfinished.giveUp(upload);
    }
  }

  /** What becomes of an upload that was not completed. */
  private void leave(ObjectName name, UnfinishedUpload upload, StoreException failure) {
    switch (failure.kind()) {
      case SOURCE_UNREADABLE -> {
        if (upload.ours()) {
          abort(name, upload, failure);
        }
      }
      case ALREADY_EXISTS, REJECTED -> {
        if (upload.createdHere()) {
          abort(name, upload, failure);
        }
      }
      case UNAVAILABLE, ACCESS_DENIED, CORRUPT, NOT_FOUND -> {
        if (!upload.gone()) {
          unfinished.keep(name, upload);
        }
      }
    }
  }

  private void abort(ObjectName name, UnfinishedUpload upload, StoreException failure) {
    try {
      removal.abort(Operation.PUT, name, upload.id());
    } catch (StoreException e) {
      // The sweep will do it; what matters is why the put failed.
      failure.addSuppressed(e);
    }
  }
}
