package io.coldstream.cli.command;

import java.util.List;
import java.util.Map;

/** Command lines for the help of each command. The first one is also shown by a bare {@code coldstream}. */
final class Examples {

  private static final Map<String, List<String>> BY_COMMAND = Map.ofEntries(
      Map.entry(
          "copy",
          List.of(
              "coldstream copy --repo s3://bucket/orders --to az://account/container/orders",
              "coldstream copy --repo s3://bucket/orders --to gs://bucket/orders --all -n")),
      Map.entry(
          "prune",
          List.of(
              "coldstream prune --repo s3://bucket/orders --keep-within 30d --keep-monthly 12",
              "coldstream prune --repo s3://bucket/orders --keep-daily 7 --keep-weekly 5 --confirm")),
      Map.entry(
          "keep", List.of("coldstream keep 42 --repo s3://bucket/orders --reason 'audit of 2026'")),
      Map.entry("unkeep", List.of("coldstream unkeep 42 --repo s3://bucket/orders")),
      Map.entry(
          "backup",
          List.of(
              "coldstream backup --db /var/lib/kurrentdb --repo s3://bucket/orders",
              "coldstream backup --db /var/lib/kurrentdb --repo s3://bucket/orders -n",
              "coldstream backup --node http://127.0.0.1:2113 --repo s3://bucket/orders"
                  + " --quiet-node")),
      Map.entry(
          "restore",
          List.of(
              "coldstream restore --repo s3://bucket/orders --to /var/lib/kurrentdb",
              "coldstream restore --repo s3://bucket/orders --to /srv/copy --backup 42",
              "coldstream restore --repo s3://bucket/orders --to /srv/copy"
                  + " --at 2026-03-01T12:00:00Z -n",
              "coldstream restore --repo s3://bucket/orders --to /srv/copy"
                  + " --before-event order-7@41 -n")),
      Map.entry(
          "restore-points",
          List.of(
              "coldstream restore-points --repo s3://bucket/orders",
              "coldstream restore-points --repo s3://bucket/orders --json")),
      Map.entry(
          "list",
          List.of(
              "coldstream list --repo s3://bucket/orders",
              "coldstream list --repo s3://bucket/orders --last 10",
              "coldstream list --repo s3://bucket/orders --json")),
      Map.entry(
          "show",
          List.of(
              "coldstream show --repo s3://bucket/orders",
              "coldstream show 42 --repo s3://bucket/orders -v",
              "coldstream show 42 --repo s3://bucket/orders --chunks --epochs")),
      Map.entry(
          "events",
          List.of(
              "coldstream events order-1 --repo s3://bucket/orders",
              "coldstream events order-1 --repo s3://bucket/orders --from 100 --count 10 --backup 42",
              "coldstream events order-1 --repo s3://bucket/orders --all --raw /srv/order-1")),
      Map.entry("stats", List.of("coldstream stats --repo s3://bucket/orders")),
      Map.entry("diff", List.of("coldstream diff 41 42 --repo s3://bucket/orders")),
      Map.entry(
          "verify",
          List.of(
              "coldstream verify --repo s3://bucket/orders",
              "coldstream verify --repo s3://bucket/orders --sample 10%",
              "coldstream verify --repo s3://bucket/orders --data --backup 42")),
      Map.entry("lock", List.of("coldstream lock --repo 's3://bucket/orders?lock=30d'")),
      Map.entry(
          "drill",
          List.of(
              "coldstream drill --repo s3://bucket/orders --image IMAGE",
              "coldstream drill --repo s3://bucket/orders --server './start.sh {db} {port}'")),
      Map.entry(
          "doctor",
          List.of(
              "coldstream doctor --repo s3://bucket/orders",
              "coldstream doctor --repo s3://bucket/orders --expect writer")),
      Map.entry("resume-node", List.of("coldstream resume-node --node http://127.0.0.1:2113")),
      Map.entry("demo", List.of("coldstream demo")),
      Map.entry("config show", List.of("coldstream config show --repo s3://bucket/orders")));

  private Examples() {}

  /**
   * The examples of a command.
   *
   * @param command its name behind {@code coldstream}
   * @return complete command lines, the plainest first; empty for a command that only groups others
   */
  static List<String> of(String command) {
    return BY_COMMAND.getOrDefault(command, List.of());
  }
}
