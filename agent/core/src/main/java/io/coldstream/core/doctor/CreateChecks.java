package io.coldstream.core.doctor;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/**
 * Creates small objects: once, twice, by several at once, under odd names, in a storage class.
 *
 * @param scratch where
 * @param mayRead whether the identity may also read what it created
 * @param workers threads for {@link Doctor#CONTENDERS} creates at once
 * @param random chooses contents
 * @param bulkClass the storage class of bulk objects, where one is configured
 */
record CreateChecks(
    Scratch scratch,
    boolean mayRead,
    Workers workers,
    RandomGenerator random,
    Optional<String> bulkClass) {

  /** The name of {@link #race}. */
  static final String RACE = "create only, " + Doctor.CONTENDERS + " at once";

  private static final String UNFIT = "UNFIT FOR TWO WRITERS: use another store, or make sure that"
      + " only one agent ever writes here";

  private static final int[] SAMPLE_LENGTHS = {4096, 1000};
  private static final int FIRST_BYTES = 100;
  private static final int SECOND_BYTES = 200;
  private static final int BULK_BYTES = 1000;

  /** So many that a store which first looks and then stores is detected. */
  private static final int ROUNDS = 8;

  private static final int SHORTEST_BYTES = 1000;

  private static final List<String> ODD = List.of(
      "odd/space and+plus, 100%25, a%2Fb",
      "odd/é-\u4e2d\u6587-😀'(&;=@#)",
      "odd/" + "long".repeat(ObjectName.MAX_COMPONENT_BYTES / 4) + "/" + "x".repeat(150));

  /** Creates two small objects of random content. */
  CheckResult samples(Check check) throws IOException {
    for (int length : SAMPLE_LENGTHS) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      ObjectName name = scratch.name("small", Sha256.of(bytes));
      StoredObject stored = scratch.create(name, Content.of(bytes), Placement.STANDARD);
      scratch.add(new Scratch.Sample(stored, bytes));
    }
    return check.passed("under " + scratch.prefix());
  }

  /** Creates a name twice: the second create must be refused, and the first object untouched. */
  CheckResult createOnly(Check check) throws IOException {
    ObjectName name = scratch.name("twice");
    scratch.create(name, Content.of(new byte[FIRST_BYTES]), Placement.STANDARD);
    if (put(name, SECOND_BYTES)) {
      return check.misbehaves("an object that already exists was created again", UNFIT);
    }
    return scratch
            .store()
            .stat(name)
            .filter(o -> o.lengthBytes() == FIRST_BYTES)
            .isPresent()
        ? check.passed("a second create of a name is refused")
        : check.misbehaves("a second create was refused but has changed the object", UNFIT);
  }

  /**
   * Lets eight create the same object at the same moment, several times: one must win, and its content
   * must be stored. Each sends another length, so that a listing tells whose content it is.
   */
  CheckResult race(Check check) throws IOException, InterruptedException {
    for (int round = 1; round <= ROUNDS; round++) {
      ObjectName name = scratch.name("race-" + round);
      List<Integer> winners = winners(name);
      Optional<StoredObject> there = scratch.store().stat(name);
      if (winners.size() > 1) {
        return check.misbehaves(
            winners.size() + " of " + Doctor.CONTENDERS
                + " creates of the same object were reported as successful (round " + round + ")",
            UNFIT);
      }
      // If nobody won, an answer was lost. That is no fault as long as the object exists.
      if (there.isEmpty() || (!winners.isEmpty() && !isOf(winners.get(0), there.get()))) {
        return check.misbehaves(
            "the stored object is not what the winner sent (round " + round + ")", UNFIT);
      }
    }
    return check.passed("exactly one won, in each of " + ROUNDS + " rounds");
  }

  private static boolean isOf(int contender, StoredObject object) {
    return object.lengthBytes() == SHORTEST_BYTES + contender;
  }

  private List<Integer> winners(ObjectName name) throws IOException, InterruptedException {
    CountDownLatch ready = new CountDownLatch(Doctor.CONTENDERS);
    List<Workers.Task<Optional<Integer>>> contenders = new ArrayList<>();
    for (int i = 0; i < Doctor.CONTENDERS; i++) {
      int contender = i;
      contenders.add(() -> {
        ready.countDown();
        ready.await();
        return put(name, SHORTEST_BYTES + contender) ? Optional.of(contender) : Optional.empty();
      });
    }
    try {
      return workers.all(contenders).stream().flatMap(Optional::stream).toList();
    } catch (RunException e) {
      throw new IllegalStateException("no contender throws this", e);
    }
  }

  /** {@return whether the store reported the object as created, and not as already existing} */
  private boolean put(ObjectName name, int lengthBytes) throws StoreException {
    try {
      scratch
          .store()
          .put(new PutRequest(name, Content.of(new byte[lengthBytes]), Placement.STANDARD));
      return true;
    } catch (StoreException e) {
      if (e.kind() == Kind.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }

  /** Creates objects under names that a layer on the way might interpret. */
  CheckResult oddNames(Check check) throws IOException {
    for (String odd : ODD) {
      byte[] content = odd.getBytes(StandardCharsets.UTF_8);
      ObjectName name = scratch.name(odd);
      scratch.create(name, Content.of(content), Placement.STANDARD);
      boolean listed =
          scratch.all(scratch.prefix()).stream().map(StoredObject::name).anyMatch(name::equals);
      if (!listed || (mayRead && !Arrays.equals(content, scratch.read(name)))) {
        return check.misbehaves(
            "an object is not found under its name \"" + odd + "\"",
            "look for a proxy that rewrites paths");
      }
    }
    return check.passed("spaces, special characters, other scripts and long names are kept");
  }

  /** Creates an object of the configured storage class. */
  CheckResult storageClass(Check check) throws IOException {
    scratch.create(scratch.name("bulk"), Content.of(new byte[BULK_BYTES]), Placement.BULK);
    return check.passed(bulkClass.orElseThrow() + " is accepted");
  }
}
