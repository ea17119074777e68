package io.coldstream.cli;

import io.coldstream.store.azure.standin.AzureStandin;
import io.coldstream.store.testkit.standin.NeedsStandin;
import java.net.URI;
import java.util.List;

@NeedsStandin("azurite")
class BrokenBackupOnAzuriteTest extends BrokenBackup {

  @Override
  URI server() {
    return URI.create(new AzureStandin().settings().get("endpoint"));
  }

  @Override
  String newRepository() {
    return Repositories.onAzurite();
  }

  @Override
  String part() {
    return "PUT .*comp=block&";
  }

  @Override
  List<String> secrets() {
    return List.of(System.getenv("AZURE_STORAGE_KEY"), "SharedKey ", "blockid=");
  }
}
