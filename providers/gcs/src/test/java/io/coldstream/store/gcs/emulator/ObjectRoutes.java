package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.OptionalLong;

/** The routes of one object. */
final class ObjectRoutes {

  private ObjectRoutes() {}

  static Answer answer(Request request, Bucket bucket, String name, Identity caller)
      throws IOException {
    OptionalLong generation = request.number("generation");
    Preconditions conditions = Preconditions.of(request);
    switch (request.method()) {
      case "GET" -> {
        return get(request, bucket, name, caller);
      }
      case "PATCH" -> {
        caller.check("storage.objects.update", name);
        ObjectNode given = Json.parse(request.content().readAllBytes());
        if (Retention.isIn(given)) {
          caller.check("storage.objects.setRetention", name);
        }
        return Answer.json(
            200, bucket.patchObject(name, generation, conditions, given).resource(request.base()));
      }
      case "DELETE" -> {
        caller.check("storage.objects.delete", name);
        bucket.delete(name, generation, conditions);
        return Answer.empty(204);
      }
      default -> throw new Refusal(405, "methodNotAllowed", "Method not allowed.");
    }
  }

  private static Answer get(Request request, Bucket bucket, String name, Identity caller) {
    boolean media = request.query("alt").filter("media"::equals).isPresent();
    try {
      caller.check("storage.objects.get", name);
      StoredObject object = bucket
          .find(name, request.number("generation"))
          .orElseThrow(() -> Refusal.noObject(bucket.name(), name));
      Preconditions.of(request).checkReading(object);
      return media
          ? Downloads.answer(request, object)
          : Answer.json(200, object.resource(request.base()));
    } catch (Refusal e) {
      // A request for content is answered with a line of text.
      throw media ? Refusal.plain(e.status(), e.getMessage()) : e;
    }
  }
}
