package io.coldstream.cli;

import io.coldstream.store.testkit.standin.NeedsStandin;
import java.nio.file.Path;

@NeedsStandin("azurite")
class CrashOnAzuriteTest extends CrashOnStore {

  @Override
  String newRepository(Path folder) {
    return Repositories.onAzurite();
  }
}
