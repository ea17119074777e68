package io.coldstream.store.gcs.emulator;

import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** Finds who answers a request. */
final class Routes {

  private static final List<String> ROOT = List.of("storage", "v1", "b");

  private final Buckets buckets;
  private final Identities identities;
  private final Uploads uploads;
  private final BucketRoutes bucketRoutes;

  Routes(Buckets buckets, Identities identities, Uploads uploads) {
    this.buckets = buckets;
    this.identities = identities;
    this.uploads = uploads;
    this.bucketRoutes = new BucketRoutes(buckets);
  }

  Answer answer(Request request) throws IOException {
    Identity caller = identities.of(request);
    List<String> path = request.segments();
    // Some clients have another word in front for uploads, and all of them one for bytes.
    boolean upload = path.contains("upload") && path.indexOf("upload") <= 1;
    int at = Collections.indexOfSubList(path, ROOT);
    if (at < 0 || at > 2) {
      throw noRoute();
    }
    return answer(request, caller, upload, path.subList(at + ROOT.size(), path.size()));
  }

  private Answer answer(Request request, Identity caller, boolean upload, List<String> path)
      throws IOException {
    if (path.isEmpty()) {
      return bucketRoutes.all(request, caller);
    }
    String bucket = path.get(0);
    if (path.size() == 1) {
      return bucketRoutes.one(request, bucket, caller);
    }
    String kind = path.get(1);
    if (kind.equals("o") && path.size() == 2) {
      return upload
          ? uploads.answer(request, buckets.get(bucket), caller)
          : list(request, buckets.get(bucket), caller);
    }
    if (kind.equals("o") && path.size() == 3) {
      return ObjectRoutes.answer(request, buckets.get(bucket), path.get(2), caller);
    }
    if (kind.equals("iam") && path.size() == 3 && path.get(2).equals("testPermissions")) {
      return bucketRoutes.testPermissions(request, bucket, caller);
    }
    if (kind.equals("storageLayout") && path.size() == 2) {
      return bucketRoutes.layout(bucket);
    }
    throw noRoute();
  }

  private static Answer list(Request request, Bucket bucket, Identity caller) {
    if (!request.method().equals("GET")) {
      throw noRoute();
    }
    caller.check("storage.objects.list", request.query("prefix").orElse(""));
    return Listing.answer(request, bucket);
  }

  private static Refusal noRoute() {
    return new Refusal(404, "notFound", "Not Found");
  }
}
