package io.coldstream.core.prune.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.store.testkit.emulator.Program;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A repository of restic, made by restic, with snapshots that this class writes: their files are
 * encrypted with the repository's key, as restic's design document says, since 20,000 runs of restic
 * would take hours.
 */
final class ResticRepository {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BigInteger POLY1305_PRIME =
      BigInteger.ONE.shiftLeft(130).subtract(BigInteger.valueOf(5));
  private static final int BLOCK = 16;

  private final Path folder;
  private final byte[] encryption;
  private final byte[] macKey;
  private final BigInteger macFactor;
  private final Random random = new Random(4);

  private ResticRepository(Path folder, JsonNode key) throws IOException {
    this.folder = folder;
    this.encryption = key.get("encrypt").binaryValue();
    this.macKey = key.get("mac").get("k").binaryValue();
    this.macFactor = clamped(key.get("mac").get("r").binaryValue());
  }

  static ResticRepository create(Path folder) throws Exception {
    restic(folder, "init", "--repository-version", "1");
    return new ResticRepository(folder, JSON.readTree(restic(folder, "cat", "masterkey")));
  }

  /** Adds a snapshot of a host. */
  void add(String host, DatedBackup backup) throws Exception {
    String tags = backup.label().map(label -> ",\"tags\":[\"" + label + "\"]").orElse("");
    String json = "{\"time\":\"" + backup.time() + "\",\"tree\":\"" + "0".repeat(64)
        + "\",\"paths\":[\"/db\"],\"hostname\":\"" + host + "\"" + tags + "}";
    byte[] file = encrypted(json.getBytes(StandardCharsets.UTF_8));
    Files.write(folder.resolve("snapshots").resolve(Sha256.of(file).toString()), file);
  }

  /** {@return what {@code forget} would do, by host} */
  JsonNode forget(List<String> policy) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("forget", "--dry-run", "--json", "--group-by", "host"));
    arguments.addAll(policy);
    return JSON.readTree(restic(folder, arguments.toArray(String[]::new)));
  }

  private static String restic(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Program.RESTIC.find().orElseThrow().file().toString(),
        "-r",
        folder.toString(),
        "--no-cache"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder.getParent(), "restic", ".out");
    Path err = Files.createTempFile(folder.getParent(), "restic", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("RESTIC_PASSWORD", "restic");
    builder.environment().put("TZ", "UTC");
    if (builder.start().waitFor() != 0) {
      throw new IOException(command + ": " + Files.readString(err));
    }
    return Files.readString(out);
  }

  /** The initialization vector, the ciphertext, and its Poly1305-AES. */
  private byte[] encrypted(byte[] plain) throws GeneralSecurityException {
    byte[] vector = new byte[BLOCK];
    random.nextBytes(vector);
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(encryption, "AES"), new IvParameterSpec(vector));
    byte[] sent = cipher.doFinal(plain);
    byte[] file = Arrays.copyOf(vector, BLOCK + sent.length + BLOCK);
    System.arraycopy(sent, 0, file, BLOCK, sent.length);
    System.arraycopy(mac(sent, vector), 0, file, BLOCK + sent.length, BLOCK);
    return file;
  }

  private byte[] mac(byte[] message, byte[] nonce) throws GeneralSecurityException {
    BigInteger sum = BigInteger.ZERO;
    for (int from = 0; from < message.length; from += BLOCK) {
      int to = Math.min(from + BLOCK, message.length);
      byte[] block = Arrays.copyOf(Arrays.copyOfRange(message, from, to), to - from + 1);
      block[to - from] = 1;
      sum = sum.add(littleEndian(block)).multiply(macFactor).mod(POLY1305_PRIME);
    }
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(macKey, "AES"));
    sum = sum.add(littleEndian(cipher.doFinal(nonce)));
    byte[] mac = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      mac[i] = sum.shiftRight(8 * i).byteValue();
    }
    return mac;
  }

  private static BigInteger clamped(byte[] factor) {
    for (int i = 3; i < BLOCK; i += 4) {
      factor[i] &= 15;
    }
    for (int i = 4; i < BLOCK; i += 4) {
      factor[i] &= (byte) 252;
    }
    return littleEndian(factor);
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  /** The label of a history's backup, if it has one. */
  static Optional<String> label(Random random) {
    return random.nextInt(6) == 0 ? Optional.of("release") : Optional.empty();
  }
}
