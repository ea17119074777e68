package io.coldstream.cli;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.Opened;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a store holds, as this process may list it. */
final class Listed {

  private Listed() {}

  /** The names of all objects below a URL, in their order. */
  static List<String> names(String url) throws IOException {
    List<String> names = new ArrayList<>();
    try (ObjectStore store = Opened.store(url, Map.of())) {
      Optional<ListCursor> next = Optional.of(ListCursor.START);
      while (next.isPresent()) {
        ListPage page = store.list(ObjectPrefix.ALL, next.get());
        page.objects().forEach(object -> names.add(object.name().value()));
        next = page.next();
      }
    }
    return names;
  }
}
