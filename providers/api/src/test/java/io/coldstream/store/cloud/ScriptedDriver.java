package io.coldstream.store.cloud;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreTools;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A driver that answers as a test says, and notes what it was asked. Its bucket's prefix is p/. */
final class ScriptedDriver implements CloudDriver {

  final Deque<KeyPage> pages = new ArrayDeque<>();
  final Deque<UploadPage> uploads = new ArrayDeque<>();
  final List<KeyQuery> queries = new ArrayList<>();
  final List<List<ObjectName>> deleted = new ArrayList<>();
  final List<UploadId> ended = new ArrayList<>();
  CloudTraits traits = traits(false, false, false);
  Download download;
  Optional<IOException> putFailure = Optional.empty();
  PutAnswer putAnswer =
      new PutAnswer(Optional.of("v1"), OptionalLong.empty(), Optional.empty(), Optional.empty());
  boolean readsBodies = true;
  boolean listsWhatWasPut;
  Optional<NewObject> put = Optional.empty();
  boolean closed;

  static CloudTraits traits(boolean listsAfter, boolean marksPuts, boolean deniesTakenNames) {
    return new CloudTraits(
        new PartLimits(10, 3, 20, 10), 2, listsAfter, marksPuts, deniesTakenNames, true);
  }

  static ListedObject listed(String key, long lengthBytes, String mark) {
    return new ListedObject(
        key, OptionalLong.of(lengthBytes), Optional.of("v1"), Optional.empty(), Optional.of(mark));
  }

  static KeyPage page(String next, String... keys) {
    List<ListedObject> objects = new ArrayList<>();
    for (String key : keys) {
      objects.add(listed(key, 1, ""));
    }
    return new KeyPage(objects, Optional.of(next).filter(token -> !token.isEmpty()));
  }

  static Download download(String body, String contentRange) {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    return new Download(
        Optional.of("v1"),
        OptionalLong.of(bytes.length),
        Optional.of(contentRange).filter(header -> !header.isEmpty()),
        OptionalLong.empty(),
        Optional.empty(),
        new ByteArrayInputStream(bytes));
  }

  @Override
  public Keys keys() {
    return new Keys("x://bucket/", "bucket", new ObjectPrefix("p/"));
  }

  @Override
  public CloudTraits traits() {
    return traits;
  }

  @Override
  public KeyPage list(KeyQuery query) {
    queries.add(query);
    if (listsWhatWasPut && put.isPresent()) {
      return new KeyPage(List.of(listed(query.prefix(), 5, put.get().mark())), Optional.empty());
    }
    return pages.isEmpty() ? page("") : pages.remove();
  }

  @Override
  public Download get(ObjectName name, ByteRange range, Optional<String> version) {
    return download;
  }

  @Override
  public PutAnswer put(NewObject object, SectionBody body) throws IOException {
    put = Optional.of(object);
    if (readsBodies) {
      try (InputStream in = body.open()) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
    if (putFailure.isPresent()) {
      throw putFailure.get();
    }
    return putAnswer;
  }

  @Override
  public BigPut bigPut(CloudListing listing, StoreTools tools) {
    return (request, object, pass) -> {
      throw new StoreException(Kind.REJECTED, "parts of " + pass.lengthOf(0), null);
    };
  }

  @Override
  public String permission(Permission need) {
    return "the permission " + need;
  }

  @Override
  public void extend(ObjectName name, Instant until) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(List<ObjectName> names) {
    deleted.add(List.copyOf(names));
  }

  @Override
  public UploadPage uploads(UploadQuery query) {
    return uploads.remove();
  }

  @Override
  public UploadEnd end(UploadId upload) {
    ended.add(upload);
    return upload.id().equals("expires") ? UploadEnd.EXPIRES : UploadEnd.REMOVED;
  }

  static Upload upload(String key, String id, String begun) {
    return new Upload(
        new UploadId(key, id),
        Optional.of(begun).filter(text -> !text.isEmpty()).map(Instant::parse));
  }

  @Override
  public StoreException classified(Operation operation, String object, Exception failure) {
    return new StoreException(
        Kind.UNAVAILABLE, operation.on(object) + failure.getMessage(), failure);
  }

  @Override
  public void close() {
    closed = true;
  }
}
