package org.cnnc.compiler.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;
import org.cnnc.compiler.fuzz.ByteChanges.Field;

/** A form of file: sound examples, and how they are made unsound. */
interface Form {
  /** Sound files. */
  List<byte[]> examples();

  /** Numbers of a file that its readers believe, if they are where such a file has them. */
  default List<Field> fields(byte[] file) {
    return List.of();
  }

  /** Words that mean something in such a file. */
  default List<String> words() {
    return List.of();
  }

  /** A change that only such a file can have: of its parts. */
  default byte[] changeParts(byte[] file, RandomGenerator random) {
    return file;
  }

  /** The file with the lengths and sums that belong to its content. */
  default byte[] mended(byte[] file) {
    return file;
  }

  /** An example with one to eight changes; in half of the files what sums them up is made right. */
  default byte[] make(RandomGenerator random) {
    byte[] file = ByteChanges.one(examples(), random);
    int more = random.nextBoolean() ? 0 : random.nextInt(8);
    for (int changes = 1 + more; changes > 0; changes--) {
      file = change(file, random);
    }
    return random.nextBoolean() ? mended(file) : file;
  }

  private byte[] change(byte[] file, RandomGenerator random) {
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        List<Field> fields = fields(file);
        if (!fields.isEmpty()) {
          return ByteChanges.withNumber(file, ByteChanges.one(fields, random), random);
        }
      }
      case 2 -> {
        if (!words().isEmpty()) {
          return ByteChanges.withWord(file, words(), random);
        }
      }
      case 3 -> {
        return changeParts(file, random);
      }
      default -> {}
    }
    return ByteChanges.change(file, examples(), random);
  }
}
