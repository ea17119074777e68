package io.coldstream.core.doctor;

import io.coldstream.core.support.work.Workers;
import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.Permission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * Lets eight create the same object at the same moment, several times: one must win, and its content
 * must stand. Each sends another length, so that a listing tells whose content it is.
 */
record RaceCheck(Scratch scratch, Workers workers) implements Check {

  /** So many that a store which looks first and then stores is caught. */
  private static final int ROUNDS = 8;

  private static final int SHORTEST_BYTES = 1000;

  @Override
  public String name() {
    return "create only, " + DoctorParts.CONTENDERS + " at once";
  }

  @Override
  public Permission need() {
    return Permission.CREATE;
  }

  @Override
  public CheckResult run() throws IOException, InterruptedException {
    for (int round = 1; round <= ROUNDS; round++) {
      ObjectName name = scratch.name("race-" + round);
      List<Integer> winners = race(name);
      Optional<StoredObject> there = scratch.store().stat(name);
      if (winners.size() > 1) {
        return CheckResult.misbehaves(
            name(),
            winners.size() + " of " + DoctorParts.CONTENDERS
                + " that created the same object were told that they had (round " + round + ")",
            Advice.UNFIT);
      }
      // Nobody's win is a lost answer, as long as the object is there.
      if (there.isEmpty() || (!winners.isEmpty() && !isOf(winners.get(0), there.get()))) {
        return CheckResult.misbehaves(
            name(), "what stands is not what the winner sent (round " + round + ")", Advice.UNFIT);
      }
    }
    return CheckResult.passed(name(), "exactly one won, in each of " + ROUNDS + " rounds");
  }

  private static boolean isOf(int contender, StoredObject object) {
    return object.lengthBytes() == SHORTEST_BYTES + contender;
  }

  private List<Integer> race(ObjectName name) throws IOException, InterruptedException {
    CountDownLatch ready = new CountDownLatch(DoctorParts.CONTENDERS);
    List<Callable<Optional<Integer>>> contenders = new ArrayList<>();
    for (int i = 0; i < DoctorParts.CONTENDERS; i++) {
      int contender = i;
      contenders.add(() -> {
        ready.countDown();
        ready.await();
        return create(name, contender) ? Optional.of(contender) : Optional.empty();
      });
    }
    try {
      return workers.all(contenders).stream().flatMap(Optional::stream).toList();
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean create(ObjectName name, int contender) throws StoreException {
    try {
      scratch
          .store()
          .put(new PutRequest(
              name, Content.of(new byte[SHORTEST_BYTES + contender]), Placement.STANDARD));
      return true;
    } catch (StoreException e) {
      if (e.kind() == Kind.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }
}
