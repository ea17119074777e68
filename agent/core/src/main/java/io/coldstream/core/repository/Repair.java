package io.coldstream.core.repository;

/** How an object that is not what it should be is mended, where a node still has its file. */
public final class Repair {

  private Repair() {}

  /**
   * The command to run beside the node.
   *
   * @param fault what is wrong
   * @param url what people call the repository
   * @return a line for a shell
   */
  public static String command(ObjectFault fault, String url) {
    return switch (fault.kind()) {
      case MISSING, LENGTH -> "coldstream backup --db DIR --repo " + url + " --recheck";
      case ALTERED -> "coldstream backup --db DIR --repo " + url + " --resend " + fault.object();
    };
  }
}
