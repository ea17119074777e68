package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.plan.BackupPlan.Group;
import io.coldstream.core.repository.manifest.PageEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * Formats a backup plan as text.
 *
 * @param size how a number of bytes is printed
 */
record PlanText(LongFunction<String> size) {

  List<String> of(BackupPlan plan) {
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
          Long.toString(page.fileCount()),
          String.format(Locale.ROOT, "chunk files from %06d on", page.firstNumber())));
    }
    lines.add("manifest");
    lines.add(plan.fileCount() + " files, " + size.apply(plan.bytes()) + "; to upload: "
        + plan.toSend().size() + " objects, " + size.apply(plan.bytesToSend()));
    return lines;
  }

  private String line(PlannedObject object) {
    String what = object.presence().name().toLowerCase(Locale.ROOT);
    return line(what, size.apply(object.lengthBytes()), object.name().value());
  }

  private String line(PageEntry page) {
    return line(
        "known", size.apply(page.fileBytes()), "in " + page.files() + " files of " + page.object());
  }

  private static String line(String what, String amount, String rest) {
    return String.format(Locale.ROOT, "  %-7s %11s  %s", what, amount, rest);
  }
}
