package io.coldstream.store.gcs;

import com.google.api.client.googleapis.batch.BatchRequest;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.AnswerException;
import io.coldstream.store.cloud.BigPut;
import io.coldstream.store.cloud.Checksums;
import io.coldstream.store.cloud.CloudDriver;
import io.coldstream.store.cloud.CloudListing;
import io.coldstream.store.cloud.CloudTraits;
import io.coldstream.store.cloud.Download;
import io.coldstream.store.cloud.KeyPage;
import io.coldstream.store.cloud.KeyQuery;
import io.coldstream.store.cloud.Keys;
import io.coldstream.store.cloud.ListedObject;
import io.coldstream.store.cloud.NewObject;
import io.coldstream.store.cloud.Operation;
import io.coldstream.store.cloud.PartLimits;
import io.coldstream.store.cloud.PutAnswer;
import io.coldstream.store.cloud.SectionBody;
import io.coldstream.store.cloud.Upload;
import io.coldstream.store.cloud.UploadEnd;
import io.coldstream.store.cloud.UploadId;
import io.coldstream.store.cloud.UploadPage;
import io.coldstream.store.cloud.UploadQuery;
import io.coldstream.store.spi.Permission;
import io.coldstream.store.spi.StoreTools;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The calls of Google Cloud Storage. Versions are generations. */
final class GcsDriver implements CloudDriver {

  private static final Pattern GENERATION = Pattern.compile("\\d{1,18}");
  private static final String LISTING = "storage#objects";
  private static final int DELETE_BATCH = 100;
  private static final long MAX_AT_ONCE_BYTES = 1 << 20;
  private static final long MAX_BYTES = 5L << 40;

  private final GcsSettings settings;
  private final GcsConnection connection;
  private final Storage client;
  private final Keys keys;
  private final Sessions sessions;
  private final SessionRequests requests;
  private final GcsLocks locks;

  /**
   * A driver; no request is made.
   *
   * @param folder where upload sessions are kept
   * @param connection owned by the driver
   * @param clock tells when a session is begun
   */
  GcsDriver(GcsSettings settings, Optional<Path> folder, GcsConnection connection, Clock clock) {
    this.settings = settings;
    this.connection = connection;
    this.client = connection.client();
    this.keys = settings.keys();
    this.sessions = new Sessions(settings, folder, clock);
    this.requests = new SessionRequests(settings, connection);
    this.locks = new GcsLocks(client, settings);
  }

  @Override
  public Keys keys() {
    return keys;
  }

  /** One part: the source is read from its start to its end, whatever part of it goes where. */
  @Override
  public CloudTraits traits() {
    long atOnceBytes = Math.min(MAX_AT_ONCE_BYTES, settings.common().partSizeBytes());
    return new CloudTraits(
        new PartLimits(MAX_BYTES, 1, MAX_BYTES, atOnceBytes),
        DELETE_BATCH,
        false,
        false,
        true,
        true);
  }

  @Override
  public KeyPage list(KeyQuery query) throws IOException {
    Objects page = client
        .objects()
        .list(keys.bucket())
        .setPrefix(query.prefix().isEmpty() ? null : query.prefix())
        .setStartOffset(query.after().orElse(null))
        .setPageToken(query.token().orElse(null))
        .setMaxResults((long) query.maxKeys())
        .setFields("kind,nextPageToken,items(" + GcsObject.FIELDS + ")")
        .setUserProject(settings.project().orElse(null))
        .execute();
    if (page == null || !LISTING.equals(page.getKind())) {
      throw new AnswerException(Kind.UNAVAILABLE, "the store's answer is no listing; try again");
    }
    List<StorageObject> items = page.getItems() == null ? List.of() : page.getItems();
    return new KeyPage(
        items.stream()
            .filter(item -> item.getName() != null)
            .map(GcsObject::listed)
            .toList(),
        Optional.ofNullable(page.getNextPageToken()));
  }

  @Override
  public Download get(ObjectName name, ByteRange range, Optional<String> version)
      throws IOException {
    if (!GENERATION.matcher(version.orElse("0")).matches()) {
      throw new AnswerException(Kind.NOT_FOUND, "no longer that version of the object");
    }
    return new GcsDownload(settings, connection).open(name, range, version);
  }

  /** The body is small; it is in memory because the checksum goes before it. */
  @Override
  public PutAnswer put(NewObject object, SectionBody body) throws IOException {
    byte[] bytes;
    try (InputStream in = body.open()) {
      bytes = in.readNBytes((int) body.lengthBytes());
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    Storage.Objects.Insert insert = client
        .objects()
        .insert(
            keys.bucket(),
            GcsObject.of(settings, object).setCrc32c(Checksums.text(body.crc32c())),
            new ByteArrayContent(GcsObject.TYPE, bytes))
        .setIfGenerationMatch(0L)
        .setKmsKeyName(settings.kmsKey().orElse(null))
        .setUserProject(settings.project().orElse(null));
    insert.setFields(GcsObject.FIELDS).setDisableGZipContent(true);
    insert.getMediaHttpUploader().setDirectUploadEnabled(true);
    ListedObject told = Optional.ofNullable(insert.execute())
        .map(GcsObject::listed)
        .filter(ListedObject::isWhole)
        .orElseThrow(() -> GcsObject.untold(keys.shown(object.name())));
    if (told.crc32c().isEmpty()) {
      throw new AnswerException(Kind.CORRUPT, "the store received other bytes than were sent");
    }
    return new PutAnswer(told.version(), told.lengthBytes(), told.crc32c(), Optional.empty());
  }

  @Override
  public BigPut bigPut(CloudListing listing, StoreTools tools) {
    return new ResumablePut(settings, sessions, requests, listing, this::extend);
  }

  @Override
  public String permission(Permission need) {
    return GcsInspection.permission(need);
  }

  @Override
  public void extend(ObjectName name, Instant until) throws IOException {
    locks.extend(name, until);
  }

  @Override
  public Optional<Instant> lockedUntil(ObjectName name) throws IOException {
    return locks.lockedUntil(name);
  }

  @Override
  public void delete(List<ObjectName> names) throws IOException {
    RemovalAnswers answers = new RemovalAnswers();
    BatchRequest batch = connection.batch();
    for (ObjectName name : names) {
      client
          .objects()
          .delete(keys.bucket(), keys.key(name))
          .setUserProject(settings.project().orElse(null))
          .queue(batch, answers.of(keys.shown(name)));
    }
    batch.execute();
    answers.check(names.size());
  }

  /** The sessions that are kept here: the store lists none, and lets them expire in a week. */
  @Override
  public UploadPage uploads(UploadQuery query) {
    List<Upload> kept = sessions.kept().stream()
        .filter(upload -> upload.id().key().startsWith(query.prefix()))
        .toList();
    return new UploadPage(List.of(), kept, Optional.empty(), Optional.empty());
  }

  @Override
  public UploadEnd end(UploadId upload) throws IOException {
    Optional<UploadSession> open = sessions.open(upload);
    if (open.isEmpty()) {
      return UploadEnd.NONE;
    }
    try (UploadSession session = open.get()) {
      requests.cancel(Operation.SWEEP, keys.root() + upload.key(), session);
      session.forget();
    }
    return UploadEnd.REMOVED;
  }

  @Override
  public StoreException classified(Operation operation, String object, Exception failure) {
    return GcsFailures.translated(operation, object, failure);
  }

  @Override
  public void close() {
    connection.close();
  }
}
