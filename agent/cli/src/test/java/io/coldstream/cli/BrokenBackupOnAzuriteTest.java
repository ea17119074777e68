package io.coldstream.cli;

import io.coldstream.store.azure.emulator.AzureEmulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.net.URI;
import java.util.List;

@NeedsEmulator("azurite")
class BrokenBackupOnAzuriteTest extends BrokenBackup {

  @Override
  URI server() {
    return URI.create(new AzureEmulator().settings().get("endpoint"));
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
