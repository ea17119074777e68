package io.coldstream.core.doctor;

import static io.coldstream.store.spi.Permission.CREATE;
import static io.coldstream.store.spi.Permission.CREATE_IN_PARTS;
import static io.coldstream.store.spi.Permission.DELETE;
import static io.coldstream.store.spi.Permission.LIST;
import static io.coldstream.store.spi.Permission.LOCK;
import static io.coldstream.store.spi.Permission.READ;
import static io.coldstream.store.spi.Permission.REMOVE_UNFINISHED_UPLOADS;

import io.coldstream.core.doctor.Check.Attempt;
import io.coldstream.core.doctor.Check.Need;
import io.coldstream.core.repository.Layout;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.spi.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every check, in the order of the report: what it is called, who runs it, what it needs before, the
 * permission, and the attempt. The comment above a row says what the check proves. {@link Doctor} adds
 * what the provider tells, the encryption key and the cleanup.
 */
final class Checks {

  /** The first check: without it no other can tell anything. */
  static final String LIST_PREFIX = "list";

  /** The checks that create objects under a configured encryption key. */
  static final Set<String> UNDER_KEY = Set.of("create", "create in parts");

  private static final String UPLOADS = "remove unfinished uploads";

  private static final Set<Role> ALL = Set.of(Role.values());
  private static final Set<Role> ANY = Set.of(Role.ANY);
  private static final Set<Role> CREATORS = Set.of(Role.ANY, Role.WRITER);
  private static final Set<Role> WRITER = Set.of(Role.WRITER);
  private static final Set<Role> IDENTITIES = Set.of(Role.WRITER, Role.RESTORER, Role.PRUNER);
  private static final Set<Role> READERS = Set.of(Role.RESTORER, Role.PRUNER);
  private static final Set<Role> PRUNER = Set.of(Role.PRUNER);
  private static final Set<Role> KEEPERS = Set.of(Role.WRITER, Role.RESTORER);

  private static final List<ObjectPrefix> ABOUT_BACKUPS =
      List.of(Layout.MANIFESTS, Layout.PAGES, Layout.PROGRESS);
  private static final List<ObjectPrefix> DATA =
      List.of(Layout.CHUNKS, Layout.INDEX, Layout.ACTIVE);

  private final List<Check> rows = new ArrayList<>();
  private final Need nothing = Need.NOTHING;
  private final Need created;
  private final Need own;
  private final Need sample;
  private final Need twoSamples;
  private final Need storageClass;

  private Checks(Scratch scratch, boolean hasStorageClass) {
    created = samples(scratch, 1, "nothing could be created");
    own = samples(scratch, 1, "there is no object of this run to remove");
    sample = samples(scratch, 1, ReadChecks.NOTHING_TO_READ);
    twoSamples = samples(scratch, 2, ReadChecks.NOTHING_TO_READ);
    storageClass =
        new Need(() -> hasStorageClass, "none is configured: objects get the standard one");
  }

  /**
   * The checks of a role, which work in one scratch prefix.
   */
  static List<Check> of(
      Role role,
      Scratch scratch,
      CreateChecks create,
      PartChecks part,
      PermissionChecks may,
      Optional<LockCheck> lock) {
    Checks checks = new Checks(scratch, create.bulkClass().isPresent());
    ReadChecks read = new ReadChecks(scratch);
    checks.addCreating(create, read);
    checks.addSending(create, part, may);
    // Objects can be locked, and locks extended: only where the setting asks for locks.
    lock.ifPresent(trial -> checks.row("lock", CREATORS, checks.nothing, LOCK, trial::run));
    checks.addReading(read, may);
    checks.addRemovingAndDenied(part, may);
    return checks.rows.stream().filter(check -> check.roles().contains(role)).toList();
  }

  private void addCreating(CreateChecks create, ReadChecks read) {
    // The place exists, can be reached, and is empty or a repository.
    row(LIST_PREFIX, ALL, nothing, LIST, read::place);
    // Objects can be created. They are the samples of later checks.
    row("create", CREATORS, nothing, CREATE, create::samples);
    // Nothing is ever overwritten.
    row("create only", CREATORS, nothing, CREATE, create::createOnly);
    // Two agents cannot commit the same backup number.
    row(CreateChecks.RACE, CREATORS, nothing, CREATE, create::race);
    // A backup can rely on its listings, and finds the newest backup by where a listing starts.
    row("list after create", CREATORS, created, LIST, read::listed);
    // The store keeps content as it is sent.
    row("read back", ANY, sample, READ, read::back);
    // A broken read can resume, and a chunk can be cut out of a larger object.
    row("read a range", ANY, sample, READ, read::range);
    // A resumed read never mixes two objects.
    row("read one version", ANY, twoSamples, READ, read::version);
  }

  private void addSending(CreateChecks create, PartChecks part, PermissionChecks may) {
    // No layer on the way rewrites names.
    row("odd names", CREATORS, nothing, CREATE, create::oddNames);
    // Large objects can be sent.
    row("create in parts", CREATORS, nothing, CREATE_IN_PARTS, part::inParts);
    // A broken put resumes with the parts that have arrived.
    row("resume a broken put", CREATORS, nothing, CREATE_IN_PARTS, part::resume);
    // The store accepts the configured class.
    row("storage class", CREATORS, storageClass, CREATE, create::storageClass);
    // Incomplete uploads are found and aborted, so that they do not cost money for ever.
    row(UPLOADS, CREATORS, nothing, REMOVE_UNFINISHED_UPLOADS, part::sweepOwn);
    // Old backups can be removed.
    row("delete", ANY, own, DELETE, may::deleteOwn);
  }

  private void addReading(ReadChecks read, PermissionChecks may) {
    // The identity can read what its work needs, in each area of the repository.
    row("read " + Layout.REPOSITORY, IDENTITIES, nothing, READ, may.read(Layout.REPOSITORY));
    ABOUT_BACKUPS.forEach(area -> row("read " + area, IDENTITIES, nothing, READ, may.read(area)));
    row("read " + Layout.CHECKPOINTS, READERS, nothing, READ, may.read(Layout.CHECKPOINTS));
    DATA.forEach(area -> row("read " + area, READERS, nothing, READ, may.read(area)));
    // What one identity sent is what another reads. It is the sample of the next two checks.
    row("read what a writer sent", READERS, nothing, READ, read::leftovers);
    // As above.
    row("read a range", READERS, sample, READ, read::range);
    row("read one version", READERS, twoSamples, READ, read::version);
  }

  private void addRemovingAndDenied(PartChecks part, PermissionChecks may) {
    // The pruner can abort incomplete uploads and remove objects that others left behind.
    row(UPLOADS, PRUNER, nothing, REMOVE_UNFINISHED_UPLOADS, part::sweepAll);
    row("delete", PRUNER, nothing, DELETE, may::deleteLeftovers);
    // A stolen identity of a database node reads no data.
    DATA.forEach(area -> row("never read " + area, WRITER, nothing, READ, may.neverRead(area)));
    // Who only reads or prunes cannot add to a backup.
    row("never create", READERS, nothing, CREATE, may::neverCreate);
    // Who does not prune cannot destroy a backup.
    row("never delete", KEEPERS, nothing, DELETE, may::neverDelete);
  }

  private void row(
      String name, Set<Role> roles, Need need, Permission permission, Attempt attempt) {
    rows.add(new Check(name, roles, need, permission, attempt));
  }

  private static Need samples(Scratch scratch, int count, String otherwise) {
    return new Need(() -> scratch.samples().size() >= count, otherwise);
  }
}
