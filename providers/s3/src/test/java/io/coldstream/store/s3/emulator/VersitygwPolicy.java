package io.coldstream.store.s3.emulator;

import java.util.ArrayList;
import java.util.List;

/**
 * Who is allowed to do what in a bucket of the Versity gateway, by the policies of {@code
 * provider-s3.md}. It knows no condition keys: what a writer may list is not narrowed to the
 * prefix, and {@code NeverOverwrite} is left out.
 *
 * @param bucket its name
 * @param prefix of the repository in it, without a slash at its end
 * @param statements what is allowed so far, in JSON
 */
public record VersitygwPolicy(String bucket, String prefix, List<String> statements) {

  private static final String LIST = "\"s3:ListBucket\"";
  private static final String LIST_UPLOADS = "\"s3:ListBucketMultipartUploads\"";
  private static final String READ = "\"s3:GetObject\"";
  private static final String ABORT = "\"s3:AbortMultipartUpload\"";

  /** Copies the statements. */
  public VersitygwPolicy {
    statements = List.copyOf(statements);
  }

  /** One by which nobody may anything yet. */
  public static VersitygwPolicy of(String bucket, String prefix) {
    return new VersitygwPolicy(bucket, prefix, List.of());
  }

  /** With a user who creates and lists, and reads only what is about backups. */
  public VersitygwPolicy writer(String user) {
    return allow(user, LIST + "," + LIST_UPLOADS, "")
        .allow(
            user, "\"s3:PutObject\",\"s3:ListMultipartUploadParts\"," + ABORT, "/" + prefix + "/*")
        .allow(
            user,
            READ,
            "/" + prefix + "/coldstream.json",
            "/" + prefix + "/manifests/*",
            "/" + prefix + "/pages/*",
            "/" + prefix + "/progress/*");
  }

  /** With a user who, beside what {@link #writer} gives, locks objects. */
  public VersitygwPolicy locking(String user) {
    return allow(user, "\"s3:PutObjectRetention\"", "/" + prefix + "/*");
  }

  /** With a user who lists and reads. */
  public VersitygwPolicy restorer(String user) {
    return allow(user, LIST, "").allow(user, READ, "/" + prefix + "/*");
  }

  /** With a user who lists, reads and removes. */
  public VersitygwPolicy pruner(String user) {
    return allow(user, LIST + "," + LIST_UPLOADS, "")
        .allow(user, READ + ",\"s3:DeleteObject\"," + ABORT, "/" + prefix + "/*")
        .allow(user, "\"s3:PutObject\"", "/" + prefix + "/manifests/condemned-*")
        .allow(user, "\"s3:PutObject\"", "/" + prefix + "/marks/*");
  }

  /** With a user who is allowed to do everything. */
  public VersitygwPolicy everything(String user) {
    return allow(user, "\"s3:*\"", "", "/*");
  }

  /** As PutBucketPolicy wants it. */
  public String json() {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
  }

  private VersitygwPolicy allow(String user, String actions, String... resources) {
    List<String> quoted = new ArrayList<>();
    for (String resource : resources) {
      quoted.add("\"arn:aws:s3:::" + bucket + resource + "\"");
    }
    List<String> more = new ArrayList<>(statements);
    more.add("{\"Effect\":\"Allow\",\"Principal\":\"" + user + "\",\"Action\":[" + actions
        + "],\"Resource\":[" + String.join(",", quoted) + "]}");
    return new VersitygwPolicy(bucket, prefix, more);
  }
}
