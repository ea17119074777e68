package io.coldstream.store.gcs.emulator;

import static io.coldstream.store.gcs.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists of objects. */
@Timeout(60)
class ListingTest extends ServedBucket {

  private static final String LIST = "/storage/v1/b/b/o?";

  @Test
  void anEmptyBucketHasAnEmptyListing() throws Exception {
    ObjectNode json = json(client.get(LIST));
    assertThat(json.path("kind").asText()).isEqualTo("storage#objects");
    assertThat(json.has("items")).isFalse();
    assertThat(client.get("/storage/v1/b/none/o").statusCode()).isEqualTo(404);
  }

  @Test
  void namesAreSortedByTheirBytes() throws Exception {
    // As UTF-16 the last two would change places.
    List<String> names = List.of("A", "a", "a b", "a/b", "aa", "é", "\uffee", "\ud83d\ude00");
    for (int i = names.size() - 1; i >= 0; i--) {
      store(names.get(i));
    }
    assertThat(names(json(client.get(LIST)))).containsExactlyElementsOf(names);
    assertThat(names(json(client.get(LIST + "prefix=a")))).containsExactly("a", "a b", "a/b", "aa");
    assertThat(names(json(client.get(LIST + "prefix=a&startOffset=a/"))))
        .containsExactly("a/b", "aa");
    assertThat(names(json(client.get(LIST + "endOffset=a%20b")))).containsExactly("A", "a");
  }

  @Test
  void aListingHasPages() throws Exception {
    List<String> names = List.of("p/1", "p/2", "p/3", "p/4", "p/5");
    for (String name : names) {
      store(name);
    }
    List<String> found = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      ObjectNode page = json(client.get(LIST + "prefix=p/&maxResults=2&pageToken=" + token));
      assertThat(names(page)).hasSizeLessThanOrEqualTo(2);
      found.addAll(names(page));
      token = page.path("nextPageToken").asText();
      pages++;
    } while (!token.isEmpty());
    assertThat(found).containsExactlyElementsOf(names);
    assertThat(pages).isEqualTo(3);
    assertThat(client.get(LIST + "pageToken=x").statusCode()).isEqualTo(400);
  }

  @Test
  void namesAreFoldedAfterADelimiter() throws Exception {
    for (String name : List.of("p/a/1", "p/a/2", "p/b", "p/c/1", "p/d")) {
      store(name);
    }
    ObjectNode whole = json(client.get(LIST + "prefix=p/&delimiter=/"));
    assertThat(names(whole)).containsExactly("p/b", "p/d");
    assertThat(texts(whole.path("prefixes"))).containsExactly("p/a/", "p/c/");

    ObjectNode first = json(client.get(LIST + "prefix=p/&delimiter=/&maxResults=1"));
    assertThat(texts(first.path("prefixes"))).containsExactly("p/a/");
    ObjectNode second = json(client.get(LIST + "prefix=p/&delimiter=/&maxResults=1&pageToken="
        + first.path("nextPageToken").asText()));
    assertThat(names(second)).containsExactly("p/b");
    assertThat(second.has("prefixes")).isFalse();
  }

  @Test
  void aVersionedBucketKeepsPastGenerations() throws Exception {
    server.patchBucket("b", "{\"versioning\":{\"enabled\":true}}");
    String first = json(store("x")).path("generation").asText();
    String second = json(store("x")).path("generation").asText();
    assertThat(names(json(client.get(LIST)))).containsExactly("x");
    assertThat(names(json(client.get(LIST + "versions=true")))).containsExactly("x", "x");
    String object = "/storage/v1/b/b/o/x";
    assertThat(json(client.get(object + "?generation=" + first)).has("timeDeleted"))
        .isTrue();
    assertThat(client.delete(object).statusCode()).isEqualTo(204);
    assertThat(client.get(object).statusCode()).isEqualTo(404);
    assertThat(client.get(object + "?generation=" + second).statusCode()).isEqualTo(200);
    assertThat(client.delete(object + "?generation=" + first).statusCode()).isEqualTo(204);
    assertThat(client.delete(object + "?generation=" + second).statusCode()).isEqualTo(204);
    assertThat(names(json(client.get(LIST + "versions=true")))).isEmpty();
  }

  private HttpResponse<byte[]> store(String name) throws IOException {
    return client.store(URLEncoder.encode(name, StandardCharsets.UTF_8), name);
  }

  private static List<String> names(ObjectNode list) {
    List<String> names = new ArrayList<>();
    list.path("items").forEach(item -> names.add(item.path("name").asText()));
    return names;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }
}
