package io.coldstream.core.verify.history;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.StoredDocument;
import io.coldstream.core.repository.manifest.DigestedJson;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.core.support.json.Json;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The plan and the parts of one divided run. Every document is created once; the first one counts. */
public final class Parts {

  private final Repository repository;
  private final String run;

  /**
   * The parts of a run.
   *
   * @param repository where they are
   * @param run the run's id
   */
  public Parts(Repository repository, String run) {
    this.repository = repository;
    this.run = run;
  }

  /**
   * Stores the plan, if it is the first one.
   *
   * @param mine the plan of this part
   * @return the plan that counts
   * @throws StoreException when the store fails
   * @throws RunException {@link RunException.Kind#REPOSITORY_DAMAGED} when that cannot be read
   */
  public PartPlan plan(PartPlan mine) throws StoreException, RunException {
    return first(Names.plan(run), mine);
  }

  /**
   * Reads a part.
   *
   * @param shard which, from 1
   * @return the part; empty when it is not stored yet
   * @throws StoreException when the store fails
   * @throws RunException {@link RunException.Kind#REPOSITORY_DAMAGED} when it cannot be read
   */
  public Optional<Part> find(int shard) throws StoreException, RunException {
    try {
      return Optional.of(read(Names.part(run, shard), Part.class));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Stores a part, if another process did not.
   *
   * @param mine the part
   * @return the part that counts
   * @throws StoreException when the store fails
   * @throws RunException {@link RunException.Kind#REPOSITORY_DAMAGED} when that cannot be read
   */
  public Part put(Part mine) throws StoreException, RunException {
    return first(Names.part(run, mine.shard()), mine);
  }

  /**
   * Finds the parts that are missing, by one listing.
   *
   * @param shards how many there must be
   * @return the numbers of those that are not stored yet, ascending
   * @throws RunException what the listing's failure means
   */
  public List<Integer> missing(int shards) throws RunException {
    Set<ObjectName> there = new HashSet<>();
    repository.each(Names.parts(run), ListCursor.START, object -> there.add(object.name()));
    List<Integer> missing = new ArrayList<>();
    for (int shard = 1; shard <= shards; shard++) {
      if (!there.contains(Names.part(run, shard))) {
        missing.add(shard);
      }
    }
    return missing;
  }

  private <T extends Record> T first(ObjectName name, T mine) throws StoreException, RunException {
    try {
      repository
          .store()
          .put(new PutRequest(name, Content.of(DigestedJson.write(mine)), Placement.STANDARD));
      return mine;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ALREADY_EXISTS) {
        throw e;
      }
    }
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) mine.getClass();
    return read(name, type);
  }

  private <T> T read(ObjectName name, Class<T> type) throws StoreException, RunException {
    try {
      return StoredDocument.read(repository.store(), name, Json.MAX_BYTES, bytes -> {
        T found = DigestedJson.read(bytes, name.value(), type);
        requireOurs(name, found);
        return found;
      });
    } catch (RunException e) {
      throw new RunException(
          e.kind(), e.getMessage() + "; begin a run with another id (--run)", e.getCause());
    }
  }

  private void requireOurs(ObjectName name, Object found) throws FormatException {
    boolean ours = found instanceof Part part
        ? part.repository().equals(repository.info().id())
            && name.equals(Names.part(part.run(), part.shard()))
        : found instanceof PartPlan plan
            && plan.repository().equals(repository.info().id())
            && plan.run().equals(run);
    if (!ours) {
      throw new FormatException(name + " belongs to another repository or run");
    }
  }
}
