package io.coldstream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.cli.Pages;
import io.coldstream.cli.Shell;
import io.coldstream.cli.demo.Sample;
import io.coldstream.cli.output.BackupJson;
import io.coldstream.cli.output.DiscardedJson;
import io.coldstream.cli.output.EventJson;
import io.coldstream.cli.output.RecordJson;
import io.coldstream.cli.output.ShellCommand;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.eventstore.testing.model.ElectionLoss;
import io.coldstream.eventstore.testing.server.NodeEmulator;
import io.coldstream.eventstore.testing.server.RecordedAnswer;
import io.coldstream.eventstore.testing.server.ScavengeModel;
import io.coldstream.store.ObjectName;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every field that a command prints is in the page, in its section, and the other way round. */
class JsonOutputPageTest {

  private static final Pattern FIELD = Pattern.compile("`([A-Za-z0-9\\[\\].]+)`");

  /** Records that are a text in the document. */
  private static final Set<Class<?>> TEXTS =
      Set.of(ObjectName.class, Sha256.class, ShellCommand.class);

  /** The sections of the page, and the records that each describes. */
  private static final Map<String, List<Class<?>>> SECTIONS = Map.ofEntries(
      Map.entry("Every document", List.of(output("Document"))),
      Map.entry("The store", List.of(output("StoreJson"))),
      Map.entry("Progress", List.of(output("JsonProgress$Line"))),
      Map.entry("A backup", List.of(BackupJson.class)),
      Map.entry("A discarded tail", List.of(DiscardedJson.class)),
      Map.entry("A record of the log", List.of(RecordJson.class)),
      Map.entry("backup", List.of(BackupResult.class)),
      Map.entry("list", List.of(ListResult.class)),
      Map.entry("show", List.of(ShowResult.class)),
      Map.entry("events", List.of(EventsResult.class)),
      Map.entry("stats", List.of(StatsResult.class)),
      Map.entry("diff", List.of(DiffResult.class)),
      Map.entry("An event", List.of(EventJson.class)),
      Map.entry("restore", List.of(RestoreResult.class, RestoreResult.Discarded.class)),
      Map.entry("restore-points", List.of(RestorePointsResult.class)),
      Map.entry("verify", List.of(VerifyResult.class)),
      Map.entry("copy", List.of(CopyResult.class)),
      Map.entry("prune", List.of(PruneResult.class)),
      Map.entry("keep and unkeep", List.of(MarkResult.class)),
      Map.entry("lock", List.of(LockResult.class)),
      Map.entry("drill", List.of(DrillResult.class)),
      Map.entry("resume-node", List.of(ResumeNodeResult.class)),
      Map.entry("doctor", List.of(DoctorResult.class)),
      Map.entry("config show", List.of(ConfigShowResult.class)),
      Map.entry("demo", List.of(DemoResult.class)));

  @TempDir
  private Path home;

  private static Class<?> output(String name) {
    try {
      return Class.forName(BackupJson.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everySectionNamesTheFieldsOfItsRecords() throws IOException {
    Map<String, Set<String>> records = new TreeMap<>();
    SECTIONS.forEach((title, types) -> {
      Set<String> paths = new TreeSet<>();
      types.forEach(type -> addPaths(paths, "", type));
      records.put(title, paths);
    });

    Map<String, Set<String>> documented = documented();
    documented.values().forEach(paths -> paths.removeIf(path -> isObject(path, paths)));
    assertThat(documented).isEqualTo(records);
  }

  @Test
  void theCommandsPrintEveryFieldOfThePage() throws IOException {
    Set<String> documented = new TreeSet<>();
    documented()
        .values()
        .forEach(paths -> paths.forEach(
            path -> documented.addAll(Set.of(path.replace("[]", "").split("\\.")))));

    assertThat(printed()).isEqualTo(documented);
  }

  /** The fields in the first columns of the tables, by the title of their section. */
  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> documented = new TreeMap<>();
    String title = "";
    for (String line : Pages.lines("json-output.md")) {
      title = line.startsWith("## ") ? line.substring(3).replace("`", "") : title;
      Matcher field = FIELD.matcher(line.startsWith("|") ? line.split("\\|")[1] : "");
      while (field.find()) {
        documented.computeIfAbsent(title, t -> new TreeSet<>()).add(field.group(1));
      }
    }
    return documented;
  }

  private static boolean isObject(String path, Set<String> paths) {
    return paths.stream().anyMatch(p -> p.startsWith(path + "."));
  }

  /** Adds the fields of a record, and those of the objects in it that have no section of their own. */
  private static void addPaths(Set<String> paths, String before, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String path = before + component.getName();
      Type held = component.getGenericType();
      while (held instanceof ParameterizedType of) {
        path += of.getRawType() == List.class ? "[]" : "";
        held = of.getActualTypeArguments()[0];
      }
      Class<?> value = (Class<?>) held;
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        addPaths(paths, before, value);
      } else if (value.isRecord() && !TEXTS.contains(value) && !hasSection(value)) {
        addPaths(paths, path + ".", value);
      } else {
        paths.add(path.replaceFirst("\\[\\]$", ""));
      }
    }
  }

  private static boolean hasSection(Class<?> type) {
    return SECTIONS.values().stream().anyMatch(types -> types.contains(type));
  }

  private Set<String> printed() throws IOException {
    Path monday = home.resolve("monday");
    Path tuesday = home.resolve("tuesday");
    Sample.unpack(Sample.Day.MONDAY, monday);
    Sample.unpack(Sample.Day.TUESDAY, tuesday);
    String repo = home.resolve("repository").toUri().toString();
    Shell shell = new Shell(home).set("COLDSTREAM_REPO", repo).set("COLDSTREAM_JSON", "true");
    Set<String> names = new TreeSet<>();
    add(names, shell.run("backup", "--db", monday, "--dry-run", "-v"), 0);
    add(names, shell.run("backup", "--db", tuesday), 0);
    add(names, shell.run("backup", "--db", monday, "-v"), 8);
    add(names, shell.run("keep", 1, "--reason", "audit"), 0);
    add(names, shell.run("list"), 0);
    add(names, shell.run("prune", "--keep-last", 1, "--confirm"), 0);
    add(names, shell.run("doctor"), 0);
    addNode(names, shell, tuesday);
    addDrill(names, shell);
    add(names, shell.run("show", "-v", "--chunks", "--times", "--epochs"), 0);
    add(names, shell.run("stats"), 0);
    add(names, shell.run("diff", 1, 1), 0);
    names.addAll(Set.of("change", "replaces"));
    // With --raw: data that is JSON has names of its own.
    Object[] events = {"events", "$epoch-information", "--raw", home.resolve("raw")};
    add(names, shell.run(events), 0);
    names.addAll(Set.of("data", "dataBase64", "metadataBase64", "metadataFile"));
    add(names, shell.run("restore", "--to", home.resolve("restored"), "--dry-run"), 0);
    add(names, shell.run("restore", "--to", home.resolve("restored")), 0);
    add(names, shell.run("restore", "--to", home.resolve("restored"), "--discard"), 7);
    addElection(names);
    names.add("removedFiles"); // needs an interrupted restore
    add(names, shell.run("config", "show"), 0);
    add(names, shell.run("demo"), 0);
    names.add("folder"); // only with --keep
    // A directory cannot lock.
    names.addAll(Set.of("locks", "safeUntil", "due", "extended", "refused", "refusedCount"));
    names.addAll(Set.of("progress", "step", "plannedBytes", "movedBytes")); // of long runs
    add(names, shell.run("verify", "--data", "--shard", "1/1", "--run", "night"), 0);
    add(names, shell.run("list"), 0);
    String copy = home.resolve("copy").toUri().toString();
    add(names, shell.run("copy", "--to", copy, "--dry-run"), 0);
    add(names, shell.run("copy", "--to", copy, "--all"), 0);
    try (Stream<Path> chunks = Files.list(home.resolve("repository/chunks"))) {
      Files.delete(chunks.findFirst().orElseThrow());
    }
    add(names, shell.run("verify"), 9);
    String late = home.resolve("late").toUri().toString();
    add(names, shell.run("copy", "--to", late), 4);
    return names;
  }

  /** A node with a scavenge and an auto-scavenge, which at first cannot be resumed. */
  private static void addNode(Set<String> names, Shell shell, Path database) throws IOException {
    try (NodeEmulator node = NodeEmulator.start("kurrentdb-26.1").on(database)) {
      ScavengeModel.withAuto(node, "Waiting", false).start();
      node.answer("POST /admin/scavenge", RecordedAnswer.empty(500));
      add(names, shell.run("backup", "--node", node.url(), "--quiet-node"), 6);
      node.answer("POST /admin/scavenge", RecordedAnswer.empty(200));
      add(names, shell.run("resume-node"), 0);
    }
    names.add("index"); // of a node with an index elsewhere
  }

  /** Once with a server that fails; what a proved one adds is the same. */
  private static void addDrill(Set<String> names, Shell shell) {
    String server = "/bin/sh -c 'echo failed; exit 1' {db} {port} {chunk-size}";
    add(names, shell.run("drill", "--server", server), 9);
  }

  private void addElection(Set<String> names) throws IOException {
    ElectionLoss loss = ElectionLoss.write(home.resolve("election"));
    String repo = home.resolve("elected").toUri().toString();
    Shell shell = new Shell(home).set("COLDSTREAM_REPO", repo).set("COLDSTREAM_JSON", "true");
    add(names, shell.run("backup", "--db", loss.second()), 0);
    add(names, shell.run("backup", "--db", loss.afterElection()), 0);
    add(names, shell.run("list"), 0);
    add(names, shell.run("restore-points"), 0);
    names.addAll(Set.of("clockSteps", "from", "to", "before", "after")); // of clocks that go back
  }

  private static void add(Set<String> names, Shell.Ran ran, int exit) {
    assertThat(ran.exit()).as(ran.everything()).isEqualTo(exit);
    assertThat(ran.err()).isEmpty();
    collect(names, ran.json());
  }

  private static void collect(Set<String> names, JsonNode node) {
    node.fieldNames().forEachRemaining(names::add);
    node.forEach(child -> collect(names, child));
  }
}
