package io.coldstream.store.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hosts that are reached without a proxy, as {@code NO_PROXY} lists them: names with all below
 * them, addresses, ranges of addresses ({@code 10.0.0.0/8}), each with a port or without; an asterisk
 * means every host. No name is looked up.
 */
final class NoProxy {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** Letters of every script: a library may convert the name. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*");

  private static final int MAX_PORT = 65_535;

  private final List<Entry> entries;
  private final List<String> ignored = new ArrayList<>();

  /**
   * Reads a list.
   *
   * @param list entries separated by commas or blanks
   */
  NoProxy(String list) {
    List<Entry> read = new ArrayList<>();
    List<String> texts =
        Arrays.stream(list.split("[,\\s]+")).filter(text -> !text.isEmpty()).toList();
    for (int i = 0; i < texts.size(); i++) {
      Entry entry = Entry.of(texts.get(i).toLowerCase(Locale.ROOT));
      if (entry.means()) {
        read.add(entry);
      } else {
        // A URL with a user may hold a secret, of which a comma makes two entries.
        ignored.add(list.contains("@") ? "entry " + (i + 1) : "\"" + texts.get(i) + "\"");
      }
    }
    this.entries = List.copyOf(read);
  }

  /** The entries that cover no host, as a message names them; none holds a secret. */
  List<String> ignored() {
    return List.copyOf(ignored);
  }

  /**
   * Whether a host is on the list.
   *
   * @param host its name or address, with or without brackets
   * @param port the port that is asked for
   */
  boolean covers(String host, int port) {
    String name = bare(host.toLowerCase(Locale.ROOT));
    return entries.stream().anyMatch(entry -> entry.covers(name, port));
  }

  /** Without brackets, zone and the dot that ends a full name. */
  private static String bare(String host) {
    String bare = host.startsWith("[") ? host.replaceAll("[\\[\\]]", "") : host;
    return bare.replaceFirst("%.*", "").replaceFirst("\\.$", "");
  }

  private static Optional<byte[]> address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * One of them.
   *
   * @param name a host or an address, without a leading dot
   * @param bits how many bits of the address count; empty: all
   * @param port the only port that is meant; empty: every port
   */
  private record Entry(String name, Optional<Integer> bits, Optional<Integer> port) {

    static Entry of(String text) {
      String rest = text;
      Optional<Integer> port = Optional.empty();
      if (rest.matches("\\[.*]:\\d{1,5}") || rest.matches("[^:\\[]+:\\d{1,5}")) {
        int colon = rest.lastIndexOf(':');
        port = Optional.of(Integer.valueOf(rest.substring(colon + 1)));
        rest = rest.substring(0, colon);
      }
      Optional<Integer> bits = Optional.empty();
      if (rest.matches("[^/]+/\\d{1,3}")) {
        int slash = rest.indexOf('/');
        bits = Optional.of(Integer.valueOf(rest.substring(slash + 1)));
        rest = rest.substring(0, slash);
      }
      return new Entry(bare(rest).replaceFirst("^\\*?\\.", ""), bits, port);
    }

    /** Whether there can be a host that it covers. */
    boolean means() {
      if (port.isPresent() && (port.get() < 1 || port.get() > MAX_PORT)) {
        return false;
      }
      Optional<byte[]> address = address(name);
      if (address.isPresent()) {
        return bits.orElse(0) <= address.get().length * Byte.SIZE;
      }
      boolean host = NAME.matcher(name).matches() && !name.matches("[0-9.]+");
      return bits.isEmpty() && (name.equals("*") || host);
    }

    boolean covers(String host, int asked) {
      if (port.isPresent() && port.get() != asked) {
        return false;
      }
      Optional<byte[]> address = address(host);
      if (name.equals("*") || address.isEmpty()) {
        return name.equals("*") || (!name.isEmpty() && isBelow(host));
      }
      return address(name).filter(mine -> agrees(mine, address.get())).isPresent();
    }

    private boolean isBelow(String host) {
      return bits.isEmpty() && (host.equals(name) || host.endsWith("." + name));
    }

    private boolean agrees(byte[] mine, byte[] other) {
      int count = bits.orElse(mine.length * Byte.SIZE);
      if (mine.length != other.length || count > mine.length * Byte.SIZE) {
        return false;
      }
      for (int i = 0; i < count; i++) {
        int mask = 1 << (Byte.SIZE - 1 - i % Byte.SIZE);
        if ((mine[i / Byte.SIZE] & mask) != (other[i / Byte.SIZE] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
