package io.coldstream.cli;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.Opened;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a store holds, as this process may list it. */
final class Listed {

  private Listed() {}

  /** The names of all objects below a URL, in their order. */
  static List<String> names(String url) throws IOException {
    List<String> names = new ArrayList<>();
    try (ObjectStore store = Opened.store(url, Map.of())) {
      ListPages.each(store, ObjectPrefix.ALL, ListCursor.START, page -> {
        page.objects().forEach(object -> names.add(object.name().value()));
        return true;
      });
    }
    return names;
  }
}
