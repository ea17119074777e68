package io.coldstream.cli;

import io.coldstream.core.doctor.Role;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.gcs.emulator.Identity;

/**
 * A bucket of our own server where whoever comes is the one that was chosen last, with the permissions of
 * {@code provider-gcs.md}.
 */
final class GcsIdentities implements AutoCloseable {

  private static final String PREFIX = "orders/production";
  private static final String UNDER = PREFIX + "/";

  private final GcsServer server = GcsServer.inMemory();

  GcsIdentities() {
    server.createBucket("coldstream");
  }

  String url() {
    return "gs://coldstream/" + PREFIX + "?anonymous=true&endpoint=" + server.url();
  }

  /** Everybody is this one from now on. */
  void become(Role who) {
    server.identities().anonymous(identity(who));
  }

  /** Everybody is a restorer who may also store what a verification found. */
  void becomeVerifier() {
    server
        .identities()
        .anonymous(
            identity(Role.RESTORER).allow("storage.objects.create", UNDER + "verifications/"));
  }

  private static Identity identity(Role who) {
    Identity lists = Identity.named(who.name()).allow("storage.objects.list", "");
    return switch (who) {
      case ANY -> lists.allowTheRest();
      case WRITER ->
        lists
            .allow("storage.objects.create", UNDER)
            .allow("storage.objects.get", UNDER + "coldstream.json")
            .allow("storage.objects.get", UNDER + "manifests/")
            .allow("storage.objects.get", UNDER + "pages/")
            .allow("storage.objects.get", UNDER + "progress/");
      case RESTORER -> lists.allow("storage.objects.get", UNDER);
      case PRUNER ->
        lists
            .allow("storage.objects.get", UNDER)
            .allow("storage.objects.delete", UNDER)
            .allow("storage.objects.create", UNDER + "manifests/condemned-")
            .allow("storage.objects.create", UNDER + "marks/");
    };
  }

  /** How many uploads are neither complete nor cancelled. */
  int unfinished() {
    return server.openSessions();
  }

  @Override
  public void close() {
    server.close();
  }
}
