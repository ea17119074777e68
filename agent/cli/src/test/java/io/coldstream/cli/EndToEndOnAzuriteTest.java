package io.coldstream.cli;

import io.coldstream.store.testkit.standin.NeedsStandin;
import java.nio.file.Path;

/** On Azure Blob Storage, as Azurite plays it. */
@NeedsStandin("azurite")
class EndToEndOnAzuriteTest extends EndToEnd {

  @Override
  String newRepository(Path folder) {
    return Repositories.onAzurite();
  }
}
