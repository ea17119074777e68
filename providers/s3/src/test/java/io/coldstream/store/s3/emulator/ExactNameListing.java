package io.coldstream.store.s3.emulator;

import io.coldstream.store.testkit.http.Answer;
import io.coldstream.store.testkit.http.Break;
import io.coldstream.store.testkit.http.BreakingProxy;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Stands before a server for S3 and lists unfinished uploads as MinIO does, by its source
 * (cmd/erasure-multipart.go and cmd/api-response.go) and its issues 15681 and 20989: only those whose key
 * is the whole prefix, with a storage class that is there and empty, without checksums, and with
 * empty markers. Everything else is the server's: it is no MinIO, and shows nothing of one but this.
 */
public final class ExactNameListing extends BreakingProxy {

  private static final String LISTING = "^GET /([^/?]+)/?\\?(?:[^ ]*&)?uploads\\b";
  private static final Pattern BUCKET = Pattern.compile(LISTING);
  private static final Pattern PREFIX = Pattern.compile("[?&]prefix=([^& ]*)");

  /**
   * Starts it.
   *
   * @param behind where the server listens
   * @param clients makes clients of the server itself, which are closed here
   * @throws IOException when no port is free
   */
  public ExactNameListing(URI behind, Supplier<S3Client> clients) throws IOException {
    super(behind, Break.at(LISTING).every(1).answering(line -> listing(line, clients)));
  }

  /** The URL, settings included, of a prefix in a new bucket of a server, which is reached through this. */
  public String newUrl(S3Emulator server, String prefix) {
    return server.newUrl(prefix).replace(server.endpoint().toString(), uri().toString());
  }

  private static Answer listing(String line, Supplier<S3Client> clients) {
    String bucket = group(BUCKET, line);
    String prefix = URLDecoder.decode(group(PREFIX, line), StandardCharsets.UTF_8);
    try (S3Client client = clients.get()) {
      String uploads =
          client.listMultipartUploadsPaginator(b -> b.bucket(bucket)).uploads().stream()
              .filter(upload -> upload.key().equals(prefix))
              .map(ExactNameListing::entry)
              .collect(Collectors.joining());
      return Answer.of(
          200,
          "",
          "<ListMultipartUploadsResult><Bucket>" + bucket + "</Bucket><KeyMarker></KeyMarker>"
              + "<UploadIdMarker></UploadIdMarker><NextKeyMarker></NextKeyMarker>"
              + "<NextUploadIdMarker></NextUploadIdMarker><EncodingType>url</EncodingType>"
              + "<MaxUploads>1000</MaxUploads><IsTruncated>false</IsTruncated>"
              + uploads + "<Prefix>" + encoded(prefix) + "</Prefix></ListMultipartUploadsResult>");
    }
  }

  private static String entry(MultipartUpload upload) {
    return "<Upload><Key>" + encoded(upload.key()) + "</Key><UploadId>" + upload.uploadId()
        + "</UploadId><Initiator><ID></ID><DisplayName></DisplayName></Initiator>"
        + "<Owner><ID></ID><DisplayName></DisplayName></Owner><StorageClass></StorageClass>"
        + "<Initiated>" + upload.initiated() + "</Initiated></Upload>";
  }

  private static String encoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  private static String group(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find() ? matcher.group(1) : "";
  }
}
