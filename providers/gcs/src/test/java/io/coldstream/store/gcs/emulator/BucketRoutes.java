package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The routes of buckets. */
final class BucketRoutes {

  private final Buckets buckets;

  BucketRoutes(Buckets buckets) {
    this.buckets = buckets;
  }

  /** Of all buckets. */
  Answer all(Request request, Identity caller) throws IOException {
    if (request.method().equals("POST")) {
      caller.check("storage.buckets.create", "");
      ObjectNode given = Json.parse(request.content().readAllBytes());
      String name = given.path("name").asText();
      if (name.isEmpty()) {
        throw new Refusal(400, "required", "Required");
      }
      return Answer.json(200, buckets.create(name, given).resource());
    }
    caller.check("storage.buckets.list", "");
    ObjectNode json = Json.object().put("kind", "storage#buckets");
    buckets.all().forEach(bucket -> json.withArray("items").add(bucket.resource()));
    return Answer.json(200, json);
  }

  /** Of one. */
  Answer one(Request request, String name, Identity caller) throws IOException {
    switch (request.method()) {
      case "GET" -> {
        caller.check("storage.buckets.get", "");
        return Answer.json(200, buckets.get(name).resource());
      }
      case "PATCH" -> {
        caller.check("storage.buckets.update", "");
        buckets.get(name).patch(Json.parse(request.content().readAllBytes()));
        return Answer.json(200, buckets.get(name).resource());
      }
      case "DELETE" -> {
        caller.check("storage.buckets.delete", "");
        buckets.delete(name);
        return Answer.empty(204);
      }
      default -> throw new Refusal(405, "methodNotAllowed", "Method not allowed.");
    }
  }

  /** How it keeps its objects; asked by clients that look for folders. */
  Answer layout(String name) {
    ObjectNode bucket = buckets.get(name).resource();
    ObjectNode json = Json.object()
        .put("kind", "storage#storageLayout")
        .put("bucket", name)
        .put("location", bucket.path("location").asText())
        .put("locationType", bucket.path("locationType").asText());
    json.putObject("hierarchicalNamespace").put("enabled", false);
    return Answer.json(200, json);
  }

  /** Which of the asked permissions the caller has; everybody may ask. */
  Answer testPermissions(Request request, String name, Identity caller) {
    buckets.get(name);
    ObjectNode json = Json.object().put("kind", "storage#testIamPermissionsResponse");
    request.all("permissions").stream()
        .filter(permission -> caller.may(permission, ""))
        .forEach(json.withArray("permissions")::add);
    return Answer.json(200, json);
  }
}
