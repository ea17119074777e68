package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.SourceFailure;
import io.coldstream.core.backup.capture.SourceFile;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.backup.plan.PlannedObject.Presence;
import io.coldstream.core.repository.Condemned;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses the object for each file: the one in the newest manifest, an existing one, a new one, or
 * a copy if the existing one is wrong or is being removed.
 */
final class ObjectChoice {

  private final ObjectStore store;
  private final Recheck recheck;
  private final Uploaded uploaded;
  private final EarlierNotes notes;
  private final Condemned condemned;
  private final Resends resends;
  private final Set<ObjectName> lost = new TreeSet<>();

  ObjectChoice(
      ObjectStore store,
      Recheck recheck,
      Uploaded uploaded,
      EarlierNotes notes,
      Condemned condemned,
      Resends resends) {
    this.store = store;
    this.recheck = recheck;
    this.uploaded = uploaded;
    this.notes = notes;
    this.condemned = condemned;
    this.resends = resends;
  }

  /**
   * A file that goes into one object, as far as it can be planned without asking the store.
   *
   * @param capture where it was captured; a Bloom filter may be read, because its object's name
   *     contains its digest
   * @param file the file
   * @param newest the newest backup
   * @return the file, in an object that is known or to be sent
   */
  PlannedFile draft(Capture capture, DatabaseFile file, Optional<NewestBackup> newest)
      throws RunException, SourceMoved, InterruptedException {
    Optional<FileEntry> known = newest.isPresent() ? newest.get().find(file) : Optional.empty();
    boolean trusted = !recheck.isAll() && resends.isEmpty();
    if (known.isPresent() && (file.md5().isPresent() || trusted)) {
      return PlannedFile.known(known.get(), file);
    }
    if (file.md5().isPresent()) {
      return PlannedFile.of(
          PlannedObject.send(Layout.of(file), file, file.content().map(Sha256::of)));
    }
    Sha256 content = digest(capture, file, 0, file.lengthBytes());
    return known
        .filter(entry -> entry.sha256().equals(content))
        .map(entry -> PlannedFile.known(entry, file))
        .orElseGet(() -> PlannedFile.of(
            PlannedObject.send(Layout.of(file, content), file, Optional.of(content))));
  }

  /**
   * Chooses the objects.
   *
   * @param capture where the files were captured, in case that one must be digested for its name
   * @param prefix what the objects' names begin with
   * @param drafts the files, in objects that are known or to be sent
   * @return the same files in the same order, in the objects to use
   */
  List<PlannedFile> choose(Capture capture, ObjectPrefix prefix, List<PlannedFile> drafts)
      throws RunException, SourceMoved, InterruptedException {
    List<ObjectName> wanted = drafts.stream()
        .flatMap(file -> file.objects().stream())
        .filter(this::needsListing)
        .map(PlannedObject::name)
        .toList();
    Listing listing = Listing.of(store, prefix, wanted);
    List<PlannedFile> chosen = new ArrayList<>();
    for (PlannedFile file : drafts) {
      List<PlannedObject> objects = new ArrayList<>();
      for (PlannedObject object : file.objects()) {
        objects.add(choose(capture, object, listing));
      }
      chosen.add(file.in(objects));
    }
    return withNotes(chosen);
  }

  /** {@return objects that the newest backup names, and that are gone or of another length} */
  Set<ObjectName> lost() {
    return lost;
  }

  /** Adds what earlier runs noted of the digests that are still unknown. */
  private List<PlannedFile> withNotes(List<PlannedFile> files) throws RunException {
    Map<ObjectName, Long> wanted = new HashMap<>();
    for (PlannedFile file : files) {
      for (PlannedObject object : file.objects()) {
        if (object.sha256().isEmpty() && object.presence() == Presence.STORED) {
          wanted.put(object.name(), object.lengthBytes());
        }
      }
    }
    Map<ObjectName, Sha256> noted = notes.find(wanted);
    return files.stream()
        .map(file -> file.in(file.objects().stream()
            .map(object -> noted.containsKey(object.name())
                ? object.as(Presence.STORED, Optional.of(noted.get(object.name())))
                : object)
            .toList()))
        .toList();
  }

  private boolean needsListing(PlannedObject object) {
    if (recheck.covers(object.file()) || resends.wants(object.name())) {
      return true;
    }
    // What is small, or named for this capture alone, is sent without a listing.
    return object.presence() == Presence.SEND
        && object.file().content().isEmpty()
        && object.file().kind() != DatabaseFile.Kind.ACTIVE_CHUNK
        && uploaded.find(object.name(), object.lengthBytes()).isEmpty();
  }

  private PlannedObject choose(Capture capture, PlannedObject draft, Listing listing)
      throws RunException, SourceMoved, InterruptedException {
    resends.note(draft.name());
    if (resends.wants(draft.name())) {
      return beside(digested(capture, draft), listing);
    }
    boolean known = draft.presence() == Presence.KNOWN;
    if (known && !recheck.covers(draft.file())) {
      return draft;
    }
    if (!known && condemned.holds(draft.name())) {
      return beside(digested(capture, draft), listing);
    }
    Optional<Sha256> seen = uploaded.find(draft.name(), draft.lengthBytes());
    if (seen.isPresent()) {
      return draft.as(Presence.STORED, seen);
    }
    OptionalLong length = listing.lengthBytes(draft.name());
    if (known && !length.equals(OptionalLong.of(draft.lengthBytes()))) {
      lost.add(draft.name());
    }
    if (length.isEmpty()) {
      // A file is checked by the MD5 that it ends in: what a manifest says of it may be wrong.
      boolean hasOwnCheck = draft.file().kind().endsInMd5();
      return draft.as(Presence.SEND, hasOwnCheck ? Optional.empty() : draft.sha256());
    }
    if (length.getAsLong() != draft.lengthBytes()) {
      return beside(digested(capture, draft), listing);
    }
    return known ? draft : draft.as(Presence.STORED, draft.sha256());
  }

  /**
   * A copy of an object that is damaged, or that a prune removes: its name has the content's digest
   * added.
   */
  private PlannedObject beside(PlannedObject altered, Listing listing) throws RunException {
    ObjectName name = Layout.resent(altered.name(), altered.sha256().orElseThrow());
    PlannedObject copy = altered.renamed(name);
    OptionalLong length = listing.lengthBytes(name);
    if (condemned.holds(name)
        || resends.wants(name)
        || (length.isPresent() && length.getAsLong() != copy.lengthBytes())) {
      resends.note(name);
      return beside(copy, listing);
    }
    boolean there =
        length.isPresent() || uploaded.find(name, copy.lengthBytes()).isPresent();
    return copy.as(there ? Presence.STORED : Presence.SEND, copy.sha256());
  }

  private static PlannedObject digested(Capture capture, PlannedObject object)
      throws RunException, SourceMoved, InterruptedException {
    Sha256 content = digest(capture, object.file(), object.fromBytes(), object.toBytes());
    return object.as(object.presence(), Optional.of(content));
  }

  /** Reads a file for its digest. A digest that was stored or noted earlier may be wrong. */
  private static Sha256 digest(Capture capture, DatabaseFile file, long fromBytes, long toBytes)
      throws RunException, SourceMoved, InterruptedException {
    if (file.content().isPresent()) {
      return Sha256.of(file.content().get());
    }
    try (SourceFile source =
        SourceFile.open(capture.pins(), file, fromBytes, toBytes, Optional.empty(), count -> {})) {
      return source.digest();
    } catch (IOException e) {
      throw SourceFailure.of(e, file.fileName());
    }
  }
}
