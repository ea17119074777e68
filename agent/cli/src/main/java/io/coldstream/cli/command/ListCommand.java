package io.coldstream.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.output.BackupWords;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.Table;
import io.coldstream.cli.output.Words;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.json.Json;
import io.coldstream.core.manifest.Manifest;
import io.coldstream.core.repository.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the backups of a repository. */
@Command(name = "list", description = "Lists the backups of a repository.")
final class ListCommand extends AgentCommand {

  ListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    try (Composition composition = Composition.open(settings, console::counted)) {
      Repository repository = Repository.open(composition.store(), composition.url());
      List<Callable<Manifest>> reads = new ArrayList<>();
      for (long sequence : repository.sequences(0)) {
        reads.add(() -> repository.manifest(sequence));
      }
      return report(repository, composition.workers().all(reads));
    }
  }

  private static Report report(Repository repository, List<Manifest> backups) {
    ObjectNode json = Json.object();
    json.put("repository", repository.url());
    ArrayNode list = json.putArray("backups");
    Table table = new Table(
        ">BACKUP", "MADE", ">RESTORE POINT", "LAST RECORD", ">FILES", ">SIZE", ">ADDED", "LABEL");
    for (Manifest backup : backups) {
      list.add(BackupWords.json(backup));
      table.row(
          Long.toString(backup.sequence()),
          Words.time(backup.origin().time()),
          Words.position(backup.positions().restorePoint()),
          Words.time(backup.restorePointTime()),
          Long.toString(backup.totals().files()),
          Words.size(backup.totals().bytes()),
          Words.size(backup.totals().addedBytes()),
          backup.origin().label().orElse(""));
    }
    List<String> lines =
        backups.isEmpty() ? List.of(repository.url() + " holds no backup yet") : table.lines();
    return Report.asked(lines, json);
  }
}
