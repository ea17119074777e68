package io.coldstream.store.cloud;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Refusals;
import io.coldstream.store.spi.StoreUrl;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of a store: turns names into keys and back.
 *
 * @param root the bucket or container as messages name it, with a closing slash: {@code
 *     s3://bucket/}
 * @param bucket its name
 * @param prefix what every key begins with
 */
public record Keys(String root, String bucket, ObjectPrefix prefix) {

  /**
   * The place of a URL whose host is a bucket and whose path is the prefix.
   *
   * @param url the URL
   * @param buckets what the names of buckets look like
   * @param rule the same in words
   * @return the place
   * @throws StoreException {@link StoreException.Kind#REJECTED} when it is no such URL
   */
  public static Keys ofBucket(StoreUrl url, Pattern buckets, String rule) throws StoreException {
    String bucket = url.authority();
    if (!buckets.matcher(bucket).matches()) {
      throw Refusals.url(url.scheme() + ":// is followed by a bucket's name alone: " + rule
          + "; a store's address goes into the setting endpoint");
    }
    try {
      String prefix = url.path().isEmpty() ? "" : url.path() + "/";
      return new Keys(url.scheme() + "://" + bucket + "/", bucket, new ObjectPrefix(prefix));
    } catch (IllegalArgumentException e) {
      throw Refusals.url(e.getMessage());
    }
  }

  /**
   * An object's key in the bucket.
   *
   * @param name its name
   * @return the key
   */
  public String key(ObjectName name) {
    return prefix.value() + name.value();
  }

  /**
   * What the keys under a prefix begin with.
   *
   * @param under the prefix
   * @return the beginning
   */
  public String key(ObjectPrefix under) {
    return prefix.value() + under.value();
  }

  /**
   * An object as messages name it.
   *
   * @param name its name
   * @return its URL, without a query
   */
  public String shown(ObjectName name) {
    return shown() + name.value();
  }

  /**
   * The place as messages name it.
   *
   * @return its URL, without a query
   */
  public String shown() {
    return root + prefix.value();
  }

  /**
   * The name of a key.
   *
   * @param key as the store lists it
   * @return its name; empty when it is not one that Coldstream could have made
   */
  public Optional<ObjectName> name(String key) {
    if (!key.startsWith(prefix.value())) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ObjectName(key.substring(prefix.value().length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether a key is a folder that a console made: the place itself with a closing slash. It says
   * nothing about what is in it.
   *
   * @param key as the store lists it
   * @return true when it is
   */
  public boolean isFolderMark(String key) {
    return key.equals(prefix.value());
  }

  /**
   * Whether a rule for keys that begin in some way is one for ours too.
   *
   * @param beginning how keys begin; empty for all keys
   * @return whether some of them can be ours
   */
  public boolean meets(String beginning) {
    return beginning.startsWith(prefix.value()) || prefix.value().startsWith(beginning);
  }
}
