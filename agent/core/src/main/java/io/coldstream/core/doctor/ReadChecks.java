package io.coldstream.core.doctor;

import io.coldstream.core.doctor.Scratch.Sample;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists the place, and lists and reads the samples of known content. */
record ReadChecks(Scratch scratch) {

  /** Advice when the store changes what it is sent. */
  static final String FRAMING = "do not back up to this store as it is set up; where it is an"
      + " S3-compatible one, try checksums=when-required (it may keep the framing of checksum"
      + " trailers as content)";

  /** Why a check is skipped that needs samples. */
  static final String NOTHING_TO_READ =
      "there is nothing known to read; run the doctor as the writer first (--expect writer)";

  private static final ByteRange FIRST_BYTE = ByteRange.of(0, 1);

  /** A name that tells its content. */
  private static final Pattern TELLING = Pattern.compile("(small|parts|resumed)-([0-9a-f]{16})");

  private static final int MAX_LEFTOVER_BYTES = 16 << 20;
  private static final int MAX_LEFTOVERS = 4;

  /** A sample has a range that is neither empty nor all of it. */
  private static final int MIN_SAMPLE_BYTES = 3;

  /** Lists the place: the first request, which also shows whether there is such a place. */
  CheckResult place(Check check) throws IOException {
    ListPage page = scratch.store().list(ObjectPrefix.ALL, ListCursor.START);
    if (page.objects().stream().anyMatch(o -> o.name().equals(Layout.REPOSITORY))) {
      return check.passed("there is a repository here");
    }
    boolean strangers =
        page.foreign() > 0 || page.objects().stream().anyMatch(o -> !Layout.DOCTOR.holds(o.name()));
    return strangers && page.next().isEmpty()
        ? check.warning(
            "the objects here are not a repository",
            "choose an empty prefix: a first backup is refused here")
        : check.passed(strangers ? "there are objects here" : "nothing is here yet");
  }

  /** Lists what was just created, with its right length, and starts a listing after a name. */
  CheckResult listed(Check check) throws IOException {
    List<StoredObject> listed = scratch.all(scratch.prefix());
    for (Sample sample : scratch.samples()) {
      Optional<StoredObject> found =
          listed.stream().filter(o -> o.name().equals(sample.name())).findFirst();
      if (found.isEmpty()) {
        return check.misbehaves(
            "an object that was created is not listed",
            "do not use this store: a backup relies on its listings");
      }
      if (found.get().lengthBytes() != sample.bytes().length) {
        return check.misbehaves(
            "an object of " + sample.bytes().length + " bytes is listed with "
                + found.get().lengthBytes(),
            FRAMING);
      }
    }
    return startsAfter(scratch.samples().get(0).name())
        ? check.passed("created objects are listed at once, with their lengths")
        : check.misbehaves(
            "a listing does not start after the name that it was given",
            "do not use this store: backups are found by where a listing starts");
  }

  private boolean startsAfter(ObjectName name) throws StoreException {
    return scratch.store().list(scratch.prefix(), ListCursor.after(name)).objects().stream()
        .allMatch(o -> o.name().compareTo(name) > 0);
  }

  /** Reads what was sent. */
  CheckResult back(Check check) throws IOException {
    for (Sample sample : scratch.samples()) {
      byte[] read = scratch.read(sample.name());
      if (!Arrays.equals(read, sample.bytes())) {
        return check.misbehaves(
            "what is read is not what was sent (" + read.length + " bytes instead of "
                + sample.bytes().length + ")",
            FRAMING);
      }
    }
    return check.passed("what is read is what was sent");
  }

  /** Reads a range in the middle, and one up to the end. */
  CheckResult range(Check check) throws IOException {
    Sample sample = scratch.samples().get(0);
    int third = sample.bytes().length / 3;
    return holds(sample, ByteRange.of(third, third)) && holds(sample, ByteRange.from(2L * third))
        ? check.passed("a range is exactly the bytes that were asked for")
        : check.misbehaves(
            "a range has other bytes than were asked for",
            "do not use this store: a broken read cannot resume, and a chunk cannot be restored");
  }

  private boolean holds(Sample sample, ByteRange range) throws IOException {
    byte[] expected = Arrays.copyOfRange(
        sample.bytes(), (int) range.fromBytes(), (int) range.endIn(sample.bytes().length));
    return Arrays.equals(expected, scratch.read(sample.name(), range, Optional.empty()));
  }

  /** Reads an object by its own version, and by a version that it does not have. */
  CheckResult version(Check check) throws IOException {
    String advice = "do not use this store: a resumed read could mix two objects";
    Sample sample = scratch.samples().get(0);
    byte[] own =
        scratch.read(sample.name(), FIRST_BYTE, Optional.of(sample.stored().version()));
    if (!Arrays.equals(own, Arrays.copyOf(sample.bytes(), 1))) {
      return check.misbehaves("an object read by its own version has other content", advice);
    }
    try {
      String others = scratch.samples().get(1).stored().version();
      scratch.read(sample.name(), FIRST_BYTE, Optional.of(others));
    } catch (StoreException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
      return check.passed("a version that does not exist is refused");
    }
    return check.misbehaves("a version that does not exist was read", advice);
  }

  /** Reads what a writer's doctor left behind: the names tell the contents. */
  CheckResult leftovers(Check check) throws IOException {
    List<StoredObject> telling = scratch.all(Layout.DOCTOR).stream()
        .filter(o -> o.lengthBytes() <= MAX_LEFTOVER_BYTES && matcher(o.name()).matches())
        .sorted(Comparator.comparingLong(StoredObject::lengthBytes))
        .limit(MAX_LEFTOVERS)
        .toList();
    for (StoredObject object : telling) {
      byte[] bytes = scratch.read(object.name());
      Matcher name = matcher(object.name());
      if (!name.matches() || !Sha256.of(bytes).first16().equals(name.group(2))) {
        return check.misbehaves(object.name() + " is not what its writer sent", FRAMING);
      }
      if (name.group(1).equals("small") && bytes.length >= MIN_SAMPLE_BYTES) {
        scratch.add(new Sample(object, bytes));
      }
    }
    return telling.isEmpty()
        ? check.skipped(NOTHING_TO_READ)
        : check.passed(telling.size() + " objects are what their writer sent");
  }

  private static Matcher matcher(ObjectName name) {
    return TELLING.matcher(name.lastComponent());
  }
}
