package io.coldstream.core.verify.history;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.StoredDocument;
import io.coldstream.core.repository.manifest.UnknownFormatException;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.json.Json;
import io.coldstream.store.Content;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The stored results of a repository. Adding one is a race that one writer wins: the others read the
 * winner's and add to that, so that no fact is lost. Thread-safe; every call asks the store.
 */
public final class VerificationHistory {

  /** Of damaged results, so many are passed over. */
  private static final int MAX_DAMAGED = 10;

  /** With more writers than that at once, something else is wrong. */
  private static final int MAX_RACES = 50;

  private final Repository repository;

  /**
   * The history of a repository.
   *
   * @param repository where the results are
   */
  public VerificationHistory(Repository repository) {
    this.repository = repository;
  }

  /**
   * The newest result.
   *
   * @param verification what it says; empty when there is none that can be read
   * @param highest the highest number that is taken, also by a damaged result; 0 for none
   * @param notes results that are damaged, and passed over
   */
  public record Newest(Optional<Verification> verification, long highest, List<String> notes) {

    public Newest {
      notes = List.copyOf(notes);
    }
  }

  /** Makes the next result. */
  @FunctionalInterface
  public interface Step {

    /**
     * Adds to what is known.
     *
     * @param before the newest result
     * @param number the number of the next one
     * @return the next one; empty when there is nothing to add
     */
    Optional<Verification> next(Optional<Verification> before, long number);
  }

  /**
   * Reads the newest result: one listing and one read.
   *
   * @return the result, and what is wrong with later ones
   * @throws StoreException when the store fails
   * @throws RunException {@link RunException.Kind#REPOSITORY_DAMAGED} when the newest one is of a
   *     format that is not known; what a listing's failure means
   */
  public Newest newest() throws StoreException, RunException {
    NavigableSet<Long> numbers = new TreeSet<>();
    repository.each(
        Names.RESULTS,
        ListCursor.START,
        object -> Names.number(object.name()).ifPresent(numbers::add));
    long highest = numbers.isEmpty() ? 0 : numbers.last();
    List<String> notes = new ArrayList<>();
    for (long number : numbers.descendingSet()) {
      Optional<Verification> found = read(number, notes);
      if (found.isPresent() || notes.size() == MAX_DAMAGED) {
        return new Newest(found, highest, notes);
      }
    }
    return new Newest(Optional.empty(), highest, notes);
  }

  private Optional<Verification> read(long number, List<String> notes)
      throws StoreException, RunException {
    ObjectName name = Names.result(number);
    try {
      Verification found = StoredDocument.read(
          repository.store(),
          name,
          Json.MAX_BYTES,
          bytes -> Verification.read(bytes, name, number));
      if (!found.repository().equals(repository.info().id())) {
        notes.add(name + " belongs to another repository and is ignored");
        return Optional.empty();
      }
      return Optional.of(found);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    } catch (RunException e) {
      if (e.getCause() instanceof UnknownFormatException) {
        throw e;
      }
      notes.add(e.getMessage() + "; this result of a verification is ignored, and no backup"
          + " depends on it");
      return Optional.empty();
    }
  }

  /**
   * Adds a result.
   *
   * @param known the newest result as it was last read
   * @param step makes the result; called again when another writer was faster
   * @return the result that is stored; empty when there was nothing to add
   * @throws StoreException when the store fails
   * @throws RunException as {@link #newest}
   */
  public Optional<Verification> add(Newest known, Step step) throws StoreException, RunException {
    Newest newest = known;
    Optional<Verification> tried = Optional.empty();
    for (int race = 0; race < MAX_RACES; race++) {
      if (tried.isPresent() && tried.equals(newest.verification())) {
        return tried; // ours: the answer to its put was lost
      }
      tried = step.next(newest.verification(), newest.highest() + 1);
      if (tried.isEmpty() || put(tried.get())) {
        return tried;
      }
      newest = newest();
    }
    throw new StoreException(
        StoreException.Kind.UNAVAILABLE,
        Names.RESULTS.value() + ": " + MAX_RACES + " other results were stored at the same time",
        null);
  }

  private boolean put(Verification next) throws StoreException {
    try {
      repository
          .store()
          .put(new PutRequest(
              Names.result(next.number()), Content.of(next.bytes()), Placement.STANDARD));
      return true;
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }
}
