package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.plan.BackupPlan.Group;
import io.coldstream.core.repository.manifest.PageEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats a backup plan as text. */
final class PlanText {

  private PlanText() {}

  static List<String> of(BackupPlan plan) {
    List<String> lines = new ArrayList<>();
    for (Group group : Group.values()) {
      lines.add(group.name().toLowerCase(Locale.ROOT));
      plan.objects(group).forEach(object -> lines.add(line(object)));
      if (group == Group.CHUNKS) {
        plan.pages().forEach(page -> page.unchanged().ifPresent(entry -> lines.add(line(entry))));
      }
    }
    lines.add("pages");
    for (PlannedPage page : plan.pages()) {
      String what = page.unchanged().isPresent() ? "known" : "send";
      lines.add(line(
          what,
          page.fileCount(),
          String.format(Locale.ROOT, "chunk files from %06d on", page.firstNumber())));
    }
    lines.add("manifest");
    lines.add(plan.fileCount() + " files, " + plan.bytes() + " bytes; to upload: "
        + plan.toSend().size() + " objects, " + plan.bytesToSend() + " bytes");
    return lines;
  }

  private static String line(PlannedObject object) {
    String what = object.presence().name().toLowerCase(Locale.ROOT);
    return line(what, object.lengthBytes(), object.name().value());
  }

  private static String line(PageEntry page) {
    return line("known", page.fileBytes(), "in " + page.files() + " files of " + page.object());
  }

  private static String line(String what, long number, String rest) {
    return String.format(Locale.ROOT, "  %-7s %14d %s", what, number, rest);
  }
}
