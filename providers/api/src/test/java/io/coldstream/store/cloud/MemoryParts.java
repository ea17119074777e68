package io.coldstream.store.cloud;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreTools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** A store in memory that takes parts of five bytes, and fails where a test says so. */
final class MemoryParts implements PartedDriver {

  final Map<String, byte[]> objects = new TreeMap<>();
  final Map<String, Map<Integer, byte[]>> uploads = new TreeMap<>();
  final List<String> sent = new ArrayList<>();
  String failsAt = "";
  final Map<ObjectName, Instant> extended = new TreeMap<>();
  boolean losesCompletion;
  boolean exclusive = true;
  Runnable onSend = () -> {};
  Runnable onComplete = () -> {};
  private int begun;

  @Override
  public Keys keys() {
    return new Keys("x://bucket/", "bucket", new ObjectPrefix("p/"));
  }

  @Override
  public CloudTraits traits() {
    return new CloudTraits(new PartLimits(5, 10, 5, 5), 2, true, false, false, exclusive);
  }

  @Override
  public KeyPage list(KeyQuery query) {
    return new KeyPage(
        objects.entrySet().stream()
            .filter(object -> object.getKey().startsWith(query.prefix()))
            .map(object -> new ListedObject(
                object.getKey(),
                OptionalLong.of(object.getValue().length),
                Optional.of(version(object.getValue())),
                Optional.empty(),
                Optional.empty()))
            .toList(),
        Optional.empty());
  }

  private static String version(byte[] content) {
    return "v" + crc32c(content);
  }

  private static int crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  @Override
  public Download get(ObjectName name, ByteRange range, Optional<String> version)
      throws IOException {
    throw new AnswerException(Kind.REJECTED, "nothing is read here");
  }

  @Override
  public PutAnswer put(NewObject object, SectionBody body) throws IOException {
    throw new AnswerException(Kind.REJECTED, "nothing is put at once here");
  }

  @Override
  public BigPut bigPut(CloudListing listing, StoreTools tools) {
    return new PartedPut(this, listing, tools);
  }

  @Override
  public String permission(Permission need) {
    return "the permission " + need;
  }

  @Override
  public void extend(ObjectName name, Instant until) {
    extended.put(name, until);
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) {
    return Optional.ofNullable(extended.get(name));
  }

  @Override
  public void delete(List<ObjectName> names) {
    names.forEach(name -> objects.remove(keys().key(name)));
  }

  @Override
  public UploadPage uploads(UploadQuery query) {
    return new UploadPage(
        List.copyOf(uploads.keySet()),
        uploads.keySet().stream()
            .map(id -> new Upload(new UploadId("p/a", id), Optional.empty()))
            .toList(),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public UploadEnd end(UploadId upload) {
    uploads.remove(upload.id());
    return UploadEnd.REMOVED;
  }

  @Override
  public String begin(NewObject object) {
    String id = "u" + ++begun;
    uploads.put(id, new TreeMap<>());
    return id;
  }

  private Map<Integer, byte[]> upload(UploadId upload) throws UploadGoneException {
    return Optional.ofNullable(uploads.get(upload.id()))
        .orElseThrow(() -> new UploadGoneException(UploadGoneException.Reason.NO_SUCH_UPLOAD));
  }

  @Override
  public PartAnswer send(UploadId upload, SectionBody body) throws IOException {
    String what = upload.id() + "/" + body.section();
    if (what.equals(failsAt)) {
      throw new IOException("broken at " + what);
    }
    byte[] bytes;
    try (InputStream in = body.open()) {
      bytes = in.readAllBytes();
    }
    upload(upload).put(body.section(), bytes);
    sent.add(what);
    onSend.run();
    return new PartAnswer(Optional.of("t"), Optional.of(Checksums.text(crc32c(bytes))));
  }

  @Override
  public PartPage parts(UploadId upload, OptionalInt from) throws IOException {
    List<ListedPart> parts = new ArrayList<>();
    upload(upload)
        .forEach((section, bytes) -> parts.add(new ListedPart(
            OptionalInt.of(section),
            OptionalLong.of(bytes.length),
            Optional.of("t"),
            OptionalInt.of(crc32c(bytes)))));
    return new PartPage(parts, false, OptionalInt.empty());
  }

  @Override
  public CompletionAnswer complete(UploadId upload, List<Part> parts) throws IOException {
    byte[] content = content(upload(upload));
    if (exclusive && objects.containsKey(upload.key())) {
      throw new AnswerException(Kind.ALREADY_EXISTS, "taken");
    }
    uploads.remove(upload.id());
    objects.put(upload.key(), content);
    onComplete.run();
    if (losesCompletion) {
      throw new IOException("the answer is lost");
    }
    return new CompletionAnswer(Optional.of(version(content)), Optional.empty());
  }

  private static byte[] content(Map<Integer, byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.values().forEach(all::writeBytes);
    return all.toByteArray();
  }

  @Override
  public Optional<MessageDigest> tagDigest(Part part) {
    return Optional.empty();
  }

  /** As of the only object there is: its version depends on its bytes alone. */
  @Override
  public Optional<String> versionOf(List<Part> parts) {
    return Optional.ofNullable(objects.get("p/a")).map(MemoryParts::version);
  }

  @Override
  public StoreException classified(Operation operation, String object, Exception failure) {
    return new StoreException(
        Kind.UNAVAILABLE, operation.on(object) + failure.getMessage(), failure);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
