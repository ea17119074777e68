package io.coldstream.cli.command;

import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.NodeJson;
import io.coldstream.cli.output.NodeText;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.node.NodeAddress;
import io.coldstream.core.node.NodeCredentials;
import io.coldstream.core.node.PausedNode;
import io.coldstream.core.node.PausedNotes;
import io.coldstream.core.node.QuietNode;
import io.coldstream.core.support.disk.LocalDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Resumes what a backup that was killed left paused. */
@Command(
    name = "resume-node",
    description =
        "Resumes the scavenges of a node that a killed backup --quiet-node left paused. It does"
            + " nothing where nothing was left.")
final class ResumeNodeCommand extends AgentCommand {

  ResumeNodeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.NODE);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    NodeCredentials credentials = NodeCredentials.of(surroundings().environment());
    PausedNotes notes = new PausedNotes(new LocalDisk(), settings.state());
    Optional<NodeAddress> only = settings.database().node().address();
    List<String> lines = new ArrayList<>();
    List<ResumeNodeResult.Node> nodes = new ArrayList<>();
    for (PausedNode note : notes.all()) {
      if (only.isEmpty() || only.get().equals(note.address())) {
        credentials.warning(note.address()).ifPresent(console::warn);
        QuietNode node = QuietNode.at(note.address(), credentials, notes, console::warn);
        Optional<PausedNode> resumed = node.resumeLeft();
        resumed.ifPresent(what -> {
          lines.add(what.node() + ": resumed " + NodeText.paused(what).orElse("nothing"));
          nodes.add(new ResumeNodeResult.Node(what.node(), NodeJson.Paused.of(what)));
        });
      }
    }
    if (nodes.isEmpty()) {
      lines.add("no backup left " + only.map(NodeAddress::toString).orElse("a node")
          + " paused, by the notes in " + settings.state());
    }
    return Report.closing(lines, new ResumeNodeResult(nodes));
  }

  @Override
  boolean changes() {
    return true;
  }
}
