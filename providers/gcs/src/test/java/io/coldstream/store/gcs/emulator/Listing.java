package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The route that lists objects, page by page, in the order of their names' UTF-8 bytes. */
final class Listing {

  private static final int MOST = 1000;

  private final Request request;
  private final String prefix;
  private final String delimiter;
  private final boolean versions;
  private final Set<String> prefixes = new LinkedHashSet<>();
  private final ObjectNode json = Json.object().put("kind", "storage#objects");
  private int count;
  private String last = "";

  private Listing(Request request) {
    this.request = request;
    this.prefix = request.query("prefix").orElse("");
    this.delimiter = request.query("delimiter").orElse("");
    this.versions = request.query("versions").filter("true"::equals).isPresent();
  }

  static Answer answer(Request request, Bucket bucket) {
    return new Listing(request).page(bucket);
  }

  private Answer page(Bucket bucket) {
    int most = (int) Math.min(MOST, request.number("maxResults").orElse(MOST));
    if (most < 1) {
      throw new Refusal(400, "invalidArgument", "Invalid maxResults.");
    }
    Optional<String> after =
        request.query("pageToken").filter(t -> !t.isEmpty()).map(this::read);
    Iterator<StoredObject> objects = bucket.objects(versions).stream()
        .filter(object -> object.name().startsWith(prefix))
        .filter(object -> isWithin(object.name()))
        .filter(object -> after.isEmpty() || isAfter(key(object), after.get()))
        .iterator();
    while (objects.hasNext()) {
      StoredObject object = objects.next();
      if (count == most && !prefixes.contains(entry(object))) {
        json.put("nextPageToken", token());
        break;
      }
      add(object);
    }
    if (!prefixes.isEmpty()) {
      prefixes.forEach(json.withArray("prefixes")::add);
    }
    return Answer.json(200, json);
  }

  private void add(StoredObject object) {
    String entry = entry(object);
    last = key(object);
    if (entry.equals(object.name())) {
      json.withArray("items").add(object.resource(request.base()));
      count++;
    } else if (prefixes.add(entry)) {
      count++;
    }
  }

  /** The name itself, or the prefix that it is folded into. */
  private String entry(StoredObject object) {
    int end = delimiter.isEmpty() ? -1 : object.name().indexOf(delimiter, prefix.length());
    return end < 0 ? object.name() : object.name().substring(0, end + delimiter.length());
  }

  /** In the order of the list; generations have sixteen digits until the year 2286. */
  private static String key(StoredObject object) {
    return object.name() + "\n" + object.generation();
  }

  private boolean isAfter(String key, String token) {
    return compareKeys(key, token) > 0;
  }

  private static int compareKeys(String one, String other) {
    int names = Bucket.ORDER.compare(name(one), name(other));
    return names != 0 ? names : one.compareTo(other);
  }

  private static String name(String key) {
    return key.substring(0, key.indexOf('\n'));
  }

  private boolean isWithin(String name) {
    return request
            .query("startOffset")
            .map(o -> Bucket.ORDER.compare(name, o) >= 0)
            .orElse(true)
        && request
            .query("endOffset")
            .filter(o -> !o.isEmpty())
            .map(o -> Bucket.ORDER.compare(name, o) < 0)
            .orElse(true);
  }

  private String token() {
    return Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  private String read(String token) {
    try {
      String key = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (key.indexOf('\n') > 0) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "invalid", "Invalid pageToken.");
    }
    throw new Refusal(400, "invalid", "Invalid pageToken.");
  }
}
