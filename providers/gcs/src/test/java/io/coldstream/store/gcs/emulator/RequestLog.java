package io.coldstream.store.gcs.emulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was asked, in the order of the answers. Calls within a batch come before the batch. */
public final class RequestLog {

  /**
   * A request and what became of it.
   *
   * @param method in capitals
   * @param path as sent, with its escapes
   * @param query decoded, without the secret that names a session
   * @param status of the answer; 0 if the server hung up
   */
  public record Entry(String method, String path, Map<String, List<String>> query, int status) {

    /** A parameter of the query, if it is there. */
    public Optional<String> query(String name) {
      return query.getOrDefault(name, List.of()).stream().findFirst();
    }
  }

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /** What there is so far; it grows. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** How many requests there were of a method whose path contains a text. */
  public long count(String method, String path) {
    return entries.stream()
        .filter(entry -> entry.method().equals(method) && entry.path().contains(path))
        .count();
  }

  /** Forgets them. */
  public void clear() {
    entries.clear();
  }

  void add(Request request, int status) {
    Map<String, List<String>> query = new TreeMap<>(request.query());
    query.remove("upload_id");
    entries.add(new Entry(request.method(), request.path(), query, status));
  }
}
