package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * No class that our jars reach, in the libraries too, refers to a class that the distribution does
 * not contain; integrations that the libraries only use where they find them are excepted. Classes
 * that are loaded by name are not seen here, see {@code src/adr/0027}.
 */
class DistributionReferencesIT {

  /** {@code CLASS -> MISSING CLASS not found}. */
  private static final Pattern MISSING = Pattern.compile("\\s+(\\S+)\\s+->\\s+(\\S+)\\s+not found");

  /** Packages of optional integrations: of what was shipped once, gRPC's ALTS and Conscrypt. */
  private static final List<String> OPTIONAL = List.of(
      "com.aayushatharva.brotli4j.",
      "com.github.luben.zstd.",
      "com.google.appengine.",
      "com.jcraft.jzlib.",
      "com.nimbusds.",
      "io.grpc.alts.",
      "io.micrometer.",
      "io.netty.incubator.",
      "io.opentelemetry.api.incubator.",
      "org.apache.commons.compress.",
      "org.apache.log4j.",
      "org.apache.logging.log4j.",
      "org.bouncycastle.",
      "org.conscrypt.",
      "org.eclipse.jetty.",
      "org.jetbrains.annotations.",
      "software.amazon.awssdk.crt.");

  @Test
  void noReachableClassIsMissing() throws IOException {
    List<String> needed = new ArrayList<>();
    int optional = 0;
    for (String line : jdeps().lines().toList()) {
      Matcher missing = MISSING.matcher(line);
      if (missing.matches()) {
        if (OPTIONAL.stream().anyMatch(missing.group(2)::startsWith)) {
          optional++;
        } else {
          needed.add(missing.group(1) + " needs " + missing.group(2));
        }
      }
    }

    assertThat(needed).isEmpty();
    assertThat(optional)
        .as("references of the libraries, which shows that they were read")
        .isGreaterThan(100);
  }

  private static String jdeps() throws IOException {
    Path lib = Distribution.folder().resolve("lib");
    List<String> jars =
        Distribution.jars().stream().map(jar -> lib.resolve(jar).toString()).toList();
    List<String> line = new ArrayList<>(List.of(
        "--multi-release",
        "17",
        "--missing-deps",
        "--recursive",
        "--class-path",
        String.join(File.pathSeparator, jars)));
    jars.stream()
        .filter(jar -> Path.of(jar).getFileName().toString().startsWith("coldstream-"))
        .forEach(line::add);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    int exit = jdeps.run(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
    assertThat(exit).as("jdeps: %s%s", out, err).isZero();
    return out.toString();
  }
}
