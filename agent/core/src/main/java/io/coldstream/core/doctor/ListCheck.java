package io.coldstream.core.doctor;

import io.coldstream.core.repository.Layout;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.spi.Permission;
import java.io.IOException;

/** Looks at the place: the first request, which also shows whether there is such a place. */
record ListCheck(Scratch scratch) implements Check {

  @Override
  public String name() {
    return "list";
  }

  @Override
  public Permission need() {
    return Permission.LIST;
  }

  @Override
  public CheckResult run() throws IOException {
    ListPage page = scratch.store().list(ObjectPrefix.ALL, ListCursor.START);
    boolean repository = page.objects().stream().anyMatch(o -> o.name().equals(Layout.REPOSITORY));
    boolean strangers =
        page.foreign() > 0 || page.objects().stream().anyMatch(o -> !Layout.DOCTOR.holds(o.name()));
    if (repository) {
      return CheckResult.passed(name(), "there is a repository here");
    }
    return strangers && page.next().isEmpty()
        ? CheckResult.warning(
            name(),
            "what is here is no repository",
            "choose an empty prefix: a first backup is refused here")
        : CheckResult.passed(name(), strangers ? "there are objects here" : "nothing is here yet");
  }
}
