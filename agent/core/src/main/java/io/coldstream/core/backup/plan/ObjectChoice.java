package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.LocalBytes;
import io.coldstream.core.backup.capture.SourceFailure;
import io.coldstream.core.backup.capture.SourceFile;
import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.backup.plan.PlannedObject.Presence;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.support.failure.RunException;
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

/**
 * Chooses the object for each file of a kind: the one that the newest manifest names, one that lies
 * on the store already, a new one, or a copy beside one that is not what it must be.
 */
final class ObjectChoice {

  private final ObjectStore store;
  private final PlanOptions options;
  private final StoredObjects stored;
  private final EarlierNotes notes;
  private final Resends resends;

  ObjectChoice(
      ObjectStore store,
      PlanOptions options,
      StoredObjects stored,
      EarlierNotes notes,
      Resends resends) {
    this.store = store;
    this.options = options;
    this.stored = stored;
    this.notes = notes;
    this.resends = resends;
  }

  /**
   * Chooses.
   *
   * @param capture where the files were captured, in case that one must be digested for its name
   * @param prefix what the objects' names begin with
   * @param candidates the files
   * @return an object for each, in the same order
   */
  List<PlannedObject> choose(Capture capture, ObjectPrefix prefix, List<Candidate> candidates)
      throws RunException, SourceMoved, InterruptedException {
    List<ObjectName> wanted = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (needsListing(candidate)) {
        wanted.add(candidate.object());
      }
    }
    Listing listing = Listing.of(store, prefix, wanted);
    List<PlannedObject> chosen = new ArrayList<>();
    for (Candidate candidate : candidates) {
      chosen.add(choose(capture, candidate, listing));
    }
    return withNotes(chosen);
  }

  /** Adds what earlier runs noted of the digests that are still unknown. */
  private List<PlannedObject> withNotes(List<PlannedObject> chosen) throws RunException {
    Map<ObjectName, Long> wanted = new HashMap<>();
    for (PlannedObject object : chosen) {
      if (object.sha256().isEmpty() && object.presence() == Presence.STORED) {
        wanted.put(object.name(), object.lengthBytes());
      }
    }
    Map<ObjectName, Sha256> noted = notes.find(wanted);
    return chosen.stream()
        .map(object -> noted.containsKey(object.name())
            ? PlannedObject.stored(
                object.name(), object.bytes().orElseThrow(), Optional.of(noted.get(object.name())))
            : object)
        .toList();
  }

  private boolean needsListing(Candidate candidate) {
    if (options.recheck() || resends.wants(candidate.object())) {
      return true;
    }
    // What is small, or named for this capture alone, is just sent.
    return candidate.known().isEmpty()
        && !(candidate.bytes() instanceof LocalBytes.InMemory)
        && !(candidate.bytes() instanceof LocalBytes.Segment)
        && stored.find(candidate.name(), candidate.bytes().lengthBytes()).isEmpty();
  }

  private PlannedObject choose(Capture capture, Candidate candidate, Listing listing)
      throws RunException, SourceMoved, InterruptedException {
    ObjectName name = candidate.object();
    LocalBytes bytes = candidate.bytes();
    resends.note(name);
    if (resends.wants(name)) {
      return beside(name, bytes, digest(capture, bytes), listing);
    }
    if (candidate.known().isPresent() && !options.recheck()) {
      return PlannedObject.known(candidate.known().get());
    }
    Optional<Sha256> seen = stored.find(name, bytes.lengthBytes());
    if (seen.isPresent()) {
      return PlannedObject.stored(name, bytes, seen);
    }
    OptionalLong length = listing.lengthBytes(name);
    if (length.isEmpty()) {
      return PlannedObject.send(name, bytes, candidate.sha256());
    }
    if (length.getAsLong() != bytes.lengthBytes()) {
      return beside(name, bytes, digest(capture, bytes), listing);
    }
    if (candidate.known().isPresent()) {
      return PlannedObject.known(candidate.known().get());
    }
    return PlannedObject.stored(name, bytes, candidate.sha256());
  }

  /** A copy beside an object that is not what it must be: named by its content too. */
  private PlannedObject beside(ObjectName name, LocalBytes bytes, Sha256 sha256, Listing listing) {
    ObjectName copy = Resends.copyOf(name, sha256);
    OptionalLong length = listing.lengthBytes(copy);
    if (resends.wants(copy) || (length.isPresent() && length.getAsLong() != bytes.lengthBytes())) {
      resends.note(copy);
      return beside(copy, bytes, sha256, listing);
    }
    boolean there = length.isPresent() || stored.find(copy, bytes.lengthBytes()).isPresent();
    return there
        ? PlannedObject.stored(copy, bytes, Optional.of(sha256))
        : PlannedObject.send(copy, bytes, Optional.of(sha256));
  }

  /** Reads a file here for its digest. What was stored and noted of it may be what is wrong. */
  static Sha256 digest(Capture capture, LocalBytes bytes)
      throws RunException, SourceMoved, InterruptedException {
    if (bytes instanceof LocalBytes.InMemory memory) {
      return Sha256.of(memory.bytes());
    }
    try (SourceFile file = SourceFile.open(capture, bytes, Optional.empty(), count -> {})) {
      return file.digest();
    } catch (IOException e) {
      throw SourceFailure.of(e, bytes.fileName());
    }
  }
}
