package org.cnnc.compiler.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Another form in gzip: either is changed. */
record GzipForm(Form content) implements Form {
  @Override
  public List<byte[]> examples() {
    return content.examples().stream().map(GzipForm::zipped).toList();
  }

  @Override
  public byte[] make(RandomGenerator random) {
    byte[] file = zipped(content.make(random));
    return random.nextBoolean() ? file : ByteChanges.change(file, List.of(file), random);
  }

  private static byte[] zipped(byte[] content) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new Quick(zipped)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  private static final class Quick extends GZIPOutputStream {
    Quick(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
