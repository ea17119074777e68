package io.coldstream.core.plan;

import io.coldstream.core.manifest.PageEntry;
import io.coldstream.core.plan.BackupPlan.Group;
import java.util.Locale;

/** A plan for people. */
final class PlanText {

  private PlanText() {}

  static String of(BackupPlan plan) {
    StringBuilder text = new StringBuilder();
    for (Group group : Group.values()) {
      text.append(group.name().toLowerCase(Locale.ROOT)).append('\n');
      plan.objects(group).forEach(object -> line(text, object));
      if (group == Group.CHUNKS) {
        plan.pages().forEach(page -> page.unchanged().ifPresent(entry -> line(text, entry)));
      }
    }
    text.append("pages\n");
    for (PlannedPage page : plan.pages()) {
      String what = page.unchanged().isPresent() ? "known" : "send";
      text.append(String.format(
          Locale.ROOT,
          "  %-7s %14d chunk files from %06d on%n",
          what,
          page.fileCount(),
          page.firstNumber()));
    }
    text.append("manifest\n");
    return text.append(String.format(
            Locale.ROOT,
            "%d files, %d bytes; to be sent: %d objects, %d bytes%n",
            plan.fileCount(),
            plan.bytes(),
            plan.toSend().size(),
            plan.bytesToSend()))
        .toString();
  }

  private static void line(StringBuilder text, PlannedObject object) {
    String what = object.presence().name().toLowerCase(Locale.ROOT);
    text.append(
        String.format(Locale.ROOT, "  %-7s %14d %s%n", what, object.lengthBytes(), object.name()));
  }

  private static void line(StringBuilder text, PageEntry page) {
    text.append(String.format(
        Locale.ROOT,
        "  %-7s %14d in %d files of %s%n",
        "known",
        page.fileBytes(),
        page.files(),
        page.object()));
  }
}
